import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { appAuth } from './app-auth.ts';
import { type AppConfig, parseAppConfig, readAppConfig } from './app-config.ts';
import { openPrivateKey } from './private-key.ts';

const jwtConfig = {
  boxAppSettings: {
    clientID: 'client',
    clientSecret: 'SECRET',
    appAuth: {
      publicKeyID: 'key1',
      privateKey: '-----BEGIN PRIVATE KEY-----\nSECRET\n-----END PRIVATE KEY-----\n',
      passphrase: 'SECRET',
    },
  },
  enterpriseID: '123',
};

function without(path: string): unknown {
  const copy = structuredClone(jwtConfig) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((value, key) => value[key] as Record<string, unknown>, copy);
  delete parent[last];
  return copy;
}

suite('an app config', () => {
  test('of Box’s own form is taken', () => {
    assert.deepEqual(parseAppConfig(jwtConfig), jwtConfig);
  });

  test('without appAuth is for client credentials; ids may be numbers', () => {
    const config = parseAppConfig({
      boxAppSettings: { clientID: 'c', clientSecret: 's' },
      enterpriseID: 123,
    });
    assert.equal(config.enterpriseID, '123');
    assert.equal(config.boxAppSettings.appAuth, undefined);
  });

  for (const key of [
    'boxAppSettings',
    'boxAppSettings.clientID',
    'boxAppSettings.clientSecret',
    'boxAppSettings.appAuth.publicKeyID',
    'boxAppSettings.appAuth.privateKey',
    'enterpriseID',
  ]) {
    test(`names ${key} when it is missing, and where to get a whole one`, () => {
      assert.throws(
        () => parseAppConfig(without(key), 'box.json'),
        (error: Error) => {
          assert.ok(
            error.message.startsWith(`box.json is not an app config of Box: ${key} is missing.`),
            error.message,
          );
          assert.match(error.message, /developer console/);
          return true;
        },
      );
    });
  }

  const faults: [name: string, value: unknown, expected: RegExp][] = [
    ['a text', 'SECRET', /: it is wrong: expected object, received string/],
    [
      'a number as the client id',
      { ...jwtConfig, boxAppSettings: { ...jwtConfig.boxAppSettings, clientID: 4 } },
      /boxAppSettings\.clientID is wrong: expected string/,
    ],
    [
      'an empty secret',
      { ...jwtConfig, boxAppSettings: { clientID: 'c', clientSecret: ' ' } },
      /boxAppSettings\.clientSecret is empty/,
    ],
    [
      'a key that is none',
      {
        ...jwtConfig,
        boxAppSettings: {
          ...jwtConfig.boxAppSettings,
          appAuth: { publicKeyID: 'k', privateKey: 'SECRET' },
        },
      },
      /appAuth\.privateKey is not a PEM private key/,
    ],
  ];
  for (const [name, value, expected] of faults) {
    test(`that has ${name} is refused by the name of the key, never with its value`, () => {
      assert.throws(
        () => parseAppConfig(value),
        (error: Error) => {
          assert.match(error.message, expected);
          assert.doesNotMatch(inspect(error, { depth: 9 }) + JSON.stringify(error), /SECRET/);
          return true;
        },
      );
    });
  }

  test('is read from a file, with or without a byte order mark', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'boxhaul-config-'));
    t.after(() => rm(folder, { recursive: true }));
    const path = join(folder, 'box.json');
    await writeFile(path, `\uFEFF${JSON.stringify(jwtConfig)}`);
    assert.deepEqual(await readAppConfig(path), jwtConfig);
    await writeFile(path, '{"boxAppSettings": {"clientSecret": "SECRET" x');
    await assert.rejects(readAppConfig(path), (error: Error) => {
      assert.match(error.message, /box\.json is not an app config of Box: it is not JSON/);
      assert.doesNotMatch(inspect(error, { depth: 9 }), /SECRET/);
      return true;
    });
    await assert.rejects(
      readAppConfig(join(folder, 'none.json')),
      /none\.json: there is no such file/,
    );
  });
});

suite('a private key', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const encryption = { cipher: 'aes-256-cbc', passphrase: 'PASSPHRASE' };
  const forms: [name: string, pem: string, passphrase: string | undefined][] = [
    ['PKCS#8', privateKey.export({ type: 'pkcs8', format: 'pem' }), undefined],
    ['PKCS#1', privateKey.export({ type: 'pkcs1', format: 'pem' }), undefined],
    [
      'encrypted PKCS#8',
      privateKey.export({ type: 'pkcs8', format: 'pem', ...encryption }),
      'PASSPHRASE',
    ],
    [
      'encrypted PKCS#1',
      privateKey.export({ type: 'pkcs1', format: 'pem', ...encryption }),
      'PASSPHRASE',
    ],
  ].map(([name, pem, passphrase]) => [String(name), String(pem), passphrase?.toString()]);

  for (const [name, pem, passphrase] of forms) {
    test(`as ${name} is opened`, () => {
      assert.ok(openPrivateKey(pem, passphrase).equals(privateKey));
    });
    if (passphrase === undefined) continue;
    test(`as ${name} is not opened without its passphrase, nor with another`, () => {
      assert.throws(
        () => openPrivateKey(pem, undefined),
        /is encrypted, and there is no passphrase/,
      );
      assert.throws(
        () => openPrivateKey(pem, 'WRONG'),
        (error: Error) => {
          assert.match(error.message, /cannot be opened with the passphrase/);
          assert.doesNotMatch(inspect(error, { depth: 9 }), /WRONG|MII/);
          return true;
        },
      );
    });
  }

  test('of another kind is refused', () => {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    assert.throws(() => openPrivateKey(String(pem), undefined), /ed25519/);
  });
});

test('nothing of the config is shown by looking at its authenticator', () => {
  const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  });
  const { appAuth: auth, ...settings } = jwtConfig.boxAppSettings;
  const configs: AppConfig[] = [
    { boxAppSettings: settings, enterpriseID: '1' },
    {
      boxAppSettings: { ...settings, appAuth: { ...auth, privateKey: String(pem) } },
      enterpriseID: '1',
    },
  ];
  for (const config of configs) {
    const shown = inspect(appAuth(config), { depth: 9, showHidden: true });
    assert.doesNotMatch(shown, /SECRET|BEGIN/);
  }
});
