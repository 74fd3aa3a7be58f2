/** Debian's `age` and `zstd` open what is sealed here, and what they make is opened here. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import type { Form } from './form.ts';
import { generateKey, identitiesFrom, recipientsFrom } from './keys.ts';
import { open, seal } from './seal.ts';
import { gathered, inChunks } from './testing/bytes.ts';
import { outputOf, unlessInstalled } from './testing/programs.ts';

const MIB = 1024 * 1024;
const NOTHING = Buffer.alloc(0);

suite('beside age and zstd', { skip: unlessInstalled('age', 'age-keygen', 'zstd') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'boxhaul-seal-'));
  after(() => rmSync(folder, { recursive: true }));
  const keyFile = join(folder, 'key.txt');

  const contents: [string, Buffer][] = [
    ['nothing', NOTHING],
    ['a line', Buffer.from('All is well.\n')],
    ['one chunk', randomBytes(64 * 1024)],
    ['several frames', Buffer.concat([Buffer.alloc(9 * MIB, 'hauling '), randomBytes(MIB + 1)])],
  ];

  test('they open what is sealed here', async () => {
    const key = await generateKey();
    writeFileSync(keyFile, key.file);
    const recipients = recipientsFrom([{ text: key.recipient }]);
    for (const [what, plain] of contents) {
      const sealed = (form: Form) => gathered(seal(inChunks(plain, 50_000), form, recipients));
      const decrypt = (bytes: Buffer) => outputOf('age', ['--decrypt', '-i', keyFile], bytes);
      const decompress = (bytes: Buffer) => outputOf('zstd', ['-dc'], bytes);
      const compressed = await sealed({ isCompressed: true, isEncrypted: false });
      const encrypted = await sealed({ isCompressed: false, isEncrypted: true });
      const both = await sealed({ isCompressed: true, isEncrypted: true });
      assert.ok(decompress(compressed).equals(plain), `${what}, compressed`);
      assert.ok(decrypt(encrypted).equals(plain), `${what}, encrypted`);
      assert.ok(decompress(decrypt(both)).equals(plain), `${what}, both`);
    }
  });

  test('what they make is opened here', async () => {
    const made = join(folder, 'made by age-keygen.txt');
    outputOf('age-keygen', ['-o', made], NOTHING);
    const recipient = outputOf('age-keygen', ['-y', made], NOTHING).toString().trim();
    const identities = identitiesFrom([{ text: readFileSync(made, 'utf8'), from: made }]);
    for (const [what, plain] of contents) {
      const compressed = outputOf('zstd', ['-c', '-9'], plain);
      const encrypted = outputOf('age', ['-r', recipient], plain);
      const both = outputOf('age', ['-r', recipient], compressed);
      for (const [bytes, form] of [
        [compressed, { isCompressed: true, isEncrypted: false }],
        [encrypted, { isCompressed: false, isEncrypted: true }],
        [both, { isCompressed: true, isEncrypted: true }],
      ] as const) {
        const opened = await gathered(open(inChunks(bytes, 70_000), form, identities));
        assert.ok(opened.equals(plain), `${what}: ${JSON.stringify(form)}`);
      }
    }
  });

  test('frames in a row, and frames to be skipped, are opened whole', async () => {
    const [one, two] = ['one ', 'two'].map((text) => outputOf('zstd', ['-c'], Buffer.from(text)));
    assert.ok(one && two);
    const skipped = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const file = Buffer.concat([skipped, one, skipped, two, skipped]);
    const form = { isCompressed: true, isEncrypted: false };
    assert.equal((await gathered(open(inChunks(file, 5), form))).toString(), 'one two');
  });

  test('a key that is made here is one to age-keygen', async () => {
    const { file, recipient } = await generateKey();
    writeFileSync(keyFile, file);
    const told = outputOf('age-keygen', ['-y', keyFile], NOTHING).toString().trim();
    assert.equal(told, recipient);
  });
});
