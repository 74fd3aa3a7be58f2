import assert from 'node:assert/strict';
import { createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { LONGEST_SUFFIX } from './form.ts';
import { nameCipherFrom, newNameKey } from './name-key.ts';
import { LONGEST_NAME_BYTES, NameCipher } from './names.ts';

const cipher = nameCipherFrom(newNameKey());

const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });

test('names come back, and are letters that Box and every disk keep apart', () => {
  fc.assert(
    fc.property(names, (name) => {
      const letters = cipher.encrypt(name);
      assert.ok(letters !== undefined);
      assert.equal(cipher.decrypt(letters), name);
      assert.equal(letters.toLowerCase(), letters);
      for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'])
        assert.equal(letters.normalize(form), letters);
      assert.match(letters, /^[a-z2-7]+$|^[\u4e00-\u8dff]+$/);
    }),
  );
});

test('names of every length up to the longest leave room for their suffix in 255 characters', () => {
  for (let length = 1; length <= LONGEST_NAME_BYTES; length++) {
    const name = 'n'.repeat(length);
    const letters = cipher.encrypt(name);
    assert.ok(letters !== undefined && letters.length + LONGEST_SUFFIX <= 255, `${length} bytes`);
    assert.equal(cipher.decrypt(letters), name);
  }
  assert.ok(LONGEST_NAME_BYTES >= 255, 'what a Linux disk has fits');
  assert.equal(cipher.encrypt('n'.repeat(LONGEST_NAME_BYTES + 1)), undefined);
});

test('the same name is the same letters, and under another key others', () => {
  const other = new NameCipher(randomBytes(32));
  assert.equal(cipher.encrypt('report.pdf'), cipher.encrypt('report.pdf'));
  assert.notEqual(cipher.encrypt('report.pdf'), other.encrypt('report.pdf'));
  assert.equal(other.decrypt(cipher.encrypt('report.pdf') ?? ''), undefined);
});

test('a letter that was changed, cut or added makes it no name', () => {
  for (const name of ['report.pdf', 'n'.repeat(200)]) {
    const letters = cipher.encrypt(name) ?? '';
    for (let at = 0; at < letters.length; at++) {
      const other = letters[at] === letters[0] ? letters.at(-1) : letters[0];
      const changed = letters.slice(0, at) + other + letters.slice(at + 1);
      if (changed !== letters) assert.equal(cipher.decrypt(changed), undefined, `letter ${at}`);
    }
    assert.equal(cipher.decrypt(letters.slice(0, -1)), undefined);
    assert.equal(cipher.decrypt(`${letters}a`), undefined);
  }
});

test('names that were never encrypted are none', () => {
  for (const name of [
    'report.pdf',
    '',
    'a',
    'abcdefgh'.repeat(8),
    '年度报告'.repeat(9),
    '😀.txt',
  ]) {
    assert.equal(cipher.decrypt(name), undefined, name);
  }
});

test('a file without a key of names is refused', () => {
  assert.throws(() => nameCipherFrom('nothing of the kind'), { code: 'damaged' });
});

test('the recipe in docs/sealing.md reads names without this package', () => {
  const text = newNameKey();
  const secret = Buffer.from(/^BOXHAUL-NAMES-1 (.*)$/m.exec(text)?.[1] ?? '', 'base64');
  const keyOf = (info: string) => Buffer.from(hkdfSync('sha256', secret, '', info, 32));
  for (const name of ['report.pdf', '年度報告'.repeat(20)]) {
    const letters = nameCipherFrom(text).encrypt(name) ?? '';
    const [digits, base] = /^[a-z2-7]/.test(letters)
      ? [[...letters].map((letter) => 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(letter)), 32n]
      : [[...letters].map((letter) => letter.charCodeAt(0) - 0x4e00), 16_384n];
    const hex = digits.reduce((sum, digit) => sum * base + BigInt(digit), 0n).toString(16);
    assert.equal(hex[0], '1');
    const mac = Buffer.from(hex.slice(1, 33), 'hex');
    const key = keyOf('boxhaul names cipher');
    const plain = createDecipheriv('aes-256-ctr', key, mac).update(hex.slice(33), 'hex');
    assert.equal(plain.toString(), name);
    const whole = createHmac('sha256', keyOf('boxhaul names mac')).update(plain).digest();
    assert.deepEqual(whole.subarray(0, 16), mac);
  }
});
