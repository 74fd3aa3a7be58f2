import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { keyFingerprint, keyType, knownHost, rememberHost } from './known-hosts.ts';

/** A key of this kind, as it comes over the wire: lengths before names. */
function keyOf(type: string, body: string): Buffer {
  const name = Buffer.from(type);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.byteLength);
  return Buffer.concat([length, name, Buffer.from(body)]);
}

const KEY = keyOf('ssh-ed25519', 'one');
const OTHER = keyOf('ssh-ed25519', 'two');
const line = (place: string, key = KEY) => `${place} ${keyType(key)} ${key.toString('base64')}\n`;

function hashed(place: string): string {
  const salt = Buffer.alloc(20, 7);
  const hash = createHmac('sha1', salt).update(place).digest('base64');
  return `|1|${salt.toString('base64')}|${hash}`;
}

const JUDGED: readonly (readonly [text: string, host: string, port: number, verdict: string])[] = [
  ['', 'files', 22, 'unknown'],
  [line('files'), 'files', 22, 'known'],
  [line('files'), 'FILES', 22, 'known'],
  [line('files'), 'files', 2222, 'unknown'],
  [line('[files]:2222'), 'files', 2222, 'known'],
  [line('a,files,b'), 'files', 22, 'known'],
  [line('*.example.com'), 'a.example.com', 22, 'known'],
  [line('*.example.com,!a.example.com'), 'a.example.com', 22, 'unknown'],
  [line('f?les'), 'files', 22, 'known'],
  [line('f.les'), 'files', 22, 'unknown'],
  [line(hashed('files')), 'files', 22, 'known'],
  [line(hashed('[files]:2222')), 'files', 2222, 'known'],
  [line(hashed('files')), 'other', 22, 'unknown'],
  [line('files', OTHER), 'files', 22, 'other'],
  [line('files', OTHER) + line('files'), 'files', 22, 'known'],
  [`@revoked ${line('files')}`, 'files', 22, 'revoked'],
  [`@revoked ${line('files')}${line('files')}`, 'files', 22, 'revoked'],
  [`@revoked ${line('files', OTHER)}`, 'files', 22, 'unknown'],
  [`@cert-authority ${line('files', OTHER)}`, 'files', 22, 'unknown'],
  [`# ${line('files')}\n\n   \nnonsense`, 'files', 22, 'unknown'],
];

suite('known hosts', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'boxhaul-hosts-'));
  });
  after(() => rm(folder, { recursive: true }));

  for (const [text, host, port, verdict] of JUDGED) {
    test(`${host}:${port} is ${verdict} to ${JSON.stringify(text.slice(0, 60))}`, async () => {
      const file = join(folder, 'known_hosts');
      await writeFile(file, text);
      const known = await knownHost([join(folder, 'none'), file], { host, port });
      assert.equal(known.judge(KEY), verdict);
    });
  }

  test('are remembered for others to read, and only by their owner', async () => {
    const file = join(folder, 'new', '.ssh', 'known_hosts');
    await rememberHost(file, { host: 'Files', port: 2222 }, KEY);
    await rememberHost(file, { host: 'files', port: 22 }, OTHER);
    assert.equal(await readFile(file, 'utf8'), line('[files]:2222') + line('files', OTHER));
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal((await knownHost([file], { host: 'files', port: 2222 })).judge(KEY), 'known');
    await writeFile(file, 'last line without an end');
    await rememberHost(file, { host: 'files', port: 22 }, KEY);
    assert.equal((await knownHost([file], { host: 'files', port: 22 })).judge(KEY), 'known');
  });

  test('know a host by the name that stands for it, on whatever port', async () => {
    const file = join(folder, 'aliases');
    const place = { host: '127.0.0.1', port: 2222, knownAs: 'Files' };
    await rememberHost(file, place, KEY);
    assert.equal(await readFile(file, 'utf8'), line('files'));
    assert.equal((await knownHost([file], place)).judge(KEY), 'known');
    const { knownAs: _, ...bare } = place;
    assert.equal((await knownHost([file], bare)).judge(KEY), 'unknown');
  });

  test('are asked for the kind of key that is known', async () => {
    const file = join(folder, 'kinds');
    await writeFile(file, line('files', keyOf('ssh-rsa', 'r')) + line('files'));
    assert.deepEqual((await knownHost([file], { host: 'files', port: 22 })).types, [
      'ssh-rsa',
      'ssh-ed25519',
    ]);
  });

  test('show a key as ssh does', () => {
    assert.match(keyFingerprint(KEY), /^SHA256:[A-Za-z0-9+/]{43}$/);
  });
});
