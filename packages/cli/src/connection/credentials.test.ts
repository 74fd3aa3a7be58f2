import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CliError } from '../cli-error.ts';
import type { CommandContext, ConnectionOptions } from '../context.ts';
import { readEnvironment } from '../environment.ts';
import { noLog } from '../log.ts';
import { openOutput } from '../output/output.ts';
import { nowhere } from '../testing/in-process.ts';
import { temporaryFolder } from '../testing/process.ts';
import { baseUrlOf } from './base-url.ts';
import { readConfigFile } from './config.ts';
import { type Credentials, findCredentials } from './credentials.ts';

interface Given {
  options?: ConnectionOptions;
  env?: Record<string, string>;
  /** Contents of a .env file in the current folder. */
  dotEnv?: string;
  profiles?: string[];
}

/** The context of a command that is run in a folder of its own. */
async function contextOf(t: TestContext, given: Given): Promise<CommandContext> {
  const cwd = await temporaryFolder(t);
  if (given.dotEnv !== undefined) await writeFile(join(cwd, '.env'), given.dotEnv);
  const profiles = join(cwd, 'config', 'profiles');
  await mkdir(profiles, { recursive: true });
  for (const name of given.profiles ?? []) await writeFile(join(profiles, `${name}.json`), '{}');
  const options = given.options ?? {};
  return {
    ...nowhere,
    ...(await readEnvironment({ BOXHAUL_HOME: cwd, ...given.env }, cwd)),
    cwd,
    options,
    output: openOutput({}, nowhere),
    log: noLog,
    argv: [],
    runInstead: async () => 0,
  };
}

/** What was found, without the folder that differs from run to run. */
async function found(t: TestContext, given: Given): Promise<Record<string, unknown>> {
  const context = await contextOf(t, given);
  const credentials: Credentials = await findCredentials(context);
  return JSON.parse(JSON.stringify(credentials).replaceAll(context.cwd, '.'));
}

test('what is typed beats the environment, and in each the order is the documented one', async (t) => {
  const env = { BOX_CONFIG_PATH: 'env.json', BOX_DEVELOPER_TOKEN: 'from-env' };
  const token = { BOX_DEVELOPER_TOKEN: 'from-env' };
  const profiles = ['default', 'work'];
  const work = { kind: 'profile', name: 'work', path: './config/profiles/work.json' };
  const table: [Given, Record<string, unknown>][] = [
    [{ options: { local: true }, env, profiles }, { kind: 'local' }],
    [
      { options: { config: 'a.json' }, env },
      { kind: 'app', path: './a.json', source: '--config' },
    ],
    [
      { options: { token: 'typed' }, env },
      { kind: 'token', token: 'typed', source: '--token' },
    ],
    [{ options: { profile: 'work' }, env, profiles }, work],
    [
      { env, profiles },
      { kind: 'app', path: './env.json', source: 'the environment' },
    ],
    [
      { env: token, profiles },
      { kind: 'token', token: 'from-env', source: 'the environment' },
    ],
    [{ profiles }, { kind: 'profile', name: 'default', path: './config/profiles/default.json' }],
    [
      { env: { ...token, BOX_CONFIG_PATH: '' } },
      { kind: 'token', token: 'from-env', source: 'the environment' },
    ],
  ];
  for (const [given, expected] of table) assert.deepEqual(await found(t, given), expected);
});

test('.env in the current folder gives what the environment does not', async (t) => {
  const dotEnv = 'BOX_DEVELOPER_TOKEN="from-file"\nBOX_CONFIG_PATH=\nNODE_OPTIONS=--inspect\n';
  assert.deepEqual(await found(t, { dotEnv }), {
    kind: 'token',
    token: 'from-file',
    source: '.env',
  });
  assert.deepEqual(await found(t, { dotEnv, env: { BOX_DEVELOPER_TOKEN: 'from-env' } }), {
    kind: 'token',
    token: 'from-env',
    source: 'the environment',
  });
  const { env } = await contextOf(t, { dotEnv });
  assert.equal(env.NODE_OPTIONS, undefined, 'only BOX_ names count');
});

test('a profile that is named and not there ends with 3 and the login that makes it', async (t) => {
  const context = await contextOf(t, { options: { profile: 'work' } });
  await assert.rejects(findCredentials(context), {
    name: 'CliError',
    exitCode: 3,
    ways: ['boxhaul login --profile work'],
  });
});

test('a token with blanks around it is taken, one that is broken is refused and not shown', async (t) => {
  const taken = await found(t, { env: { BOX_DEVELOPER_TOKEN: ' abc\n' } });
  assert.equal(taken.token, 'abc');
  const context = await contextOf(t, { env: { BOX_DEVELOPER_TOKEN: 'sec\nret' } });
  await assert.rejects(findCredentials(context), (error: Error) => {
    assert.doesNotMatch(error.message, /sec|ret/);
    return error instanceof CliError && error.exitCode === 3;
  });
});

test('a config file that others can read is refused with the chmod that mends it', async (t) => {
  const path = join(await temporaryFolder(t), 'my config.json');
  await writeFile(path, '{"a":1}');
  for (const mode of [0o644, 0o640, 0o604, 0o666]) {
    await chmod(path, mode);
    await assert.rejects(readConfigFile(path, { isInsecureAllowed: false }), (error: CliError) => {
      assert.match(error.message, new RegExp(`read by other users \\(mode ${mode.toString(8)}\\)`));
      assert.ok(error.ways[0]?.startsWith(`chmod 600 '${path}'`));
      return error.exitCode === 2;
    });
    const { json } = await readConfigFile(path, { isInsecureAllowed: true });
    assert.deepEqual(json, { a: 1 });
  }
  for (const mode of [0o600, 0o400]) {
    await chmod(path, mode);
    assert.equal((await readConfigFile(path, { isInsecureAllowed: false })).mode, mode);
  }
});

test('a config file that is absent or broken is named, and its contents are never shown', async (t) => {
  const folder = await temporaryFolder(t);
  await assert.rejects(readConfigFile(join(folder, 'none.json'), { isInsecureAllowed: false }), {
    message: `there is no config file ${folder}/none.json`,
    exitCode: 2,
  });
  const path = join(folder, 'broken.json');
  await writeFile(path, '{"clientSecret": "hush-hush", ', { mode: 0o600 });
  await assert.rejects(readConfigFile(path, { isInsecureAllowed: false }), (error: CliError) => {
    assert.equal(error.message, `${path} is not JSON`);
    assert.ok(!JSON.stringify([error.ways, error.details, String(error.cause)]).includes('hush'));
    return true;
  });
});

test('a .env file may point at this machine, and not send tokens elsewhere', async (t) => {
  const base = async (given: Given) => baseUrlOf(await contextOf(t, given));
  assert.equal(await base({}), undefined);
  const env = { BOX_BASE_URL: 'https://box.example/' };
  assert.equal(await base({ env }), 'https://box.example');
  assert.equal(await base({ env, options: { baseUrl: 'http://a' } }), 'http://a');
  for (const host of ['127.0.0.1:4010', 'localhost:4010', '[::1]:4010']) {
    assert.equal(await base({ dotEnv: `BOX_BASE_URL=http://${host}` }), `http://${host}`);
  }
  for (const host of ['box.example', '127.0.0.1.box.example', 'localhost.box.example']) {
    await assert.rejects(base({ dotEnv: `BOX_BASE_URL=https://${host}/x` }), {
      message: `the .env file here would send your credentials to ${host}`,
    });
  }
  await assert.rejects(base({ env: { BOX_BASE_URL: 'box.example' } }), /not a web address/);
});
