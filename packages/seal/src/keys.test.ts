import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateKey, identitiesFrom, KeyError, recipientsFrom, recipientsOf } from './keys.ts';

const key = await generateKey(new Date('2026-11-30T08:00:00Z'));

test('a key file says when it was made and for whom files are to be sealed', () => {
  const lines = key.file.split('\n');
  assert.deepEqual(lines.slice(0, 2), [
    '# created: 2026-11-30T08:00:00Z',
    `# public key: ${key.recipient}`,
  ]);
  assert.match(lines[2] ?? '', /^AGE-SECRET-KEY-1[A-Z0-9]{58}$/);
});

test('recipients come from words and files, each once, past comments and empty lines', async () => {
  const other = await generateKey();
  const text = `# the safe\r\n\r\n${other.recipient}  \r\n${key.recipient}\n`;
  const { list } = recipientsFrom([{ text: key.recipient }, { text, from: 'team.txt' }]);
  assert.deepEqual(list, [key.recipient, other.recipient]);
});

test('identities know their recipients', async () => {
  const identities = identitiesFrom([{ text: key.file, from: 'key.txt' }]);
  assert.deepEqual(await recipientsOf(identities), { list: [key.recipient] });
});

const WRONG_RECIPIENTS: [what: string, text: string, words: RegExp][] = [
  ['a wrong letter', `\n${key.recipient.slice(0, -1)}!`, /line 2 of team.txt is no recipient/],
  ['an identity', key.identity, /line 1 of team.txt is an identity, which is secret/],
  ['an SSH key', 'ssh-ed25519 AAAA', /line 1 of team.txt is an SSH key/],
  ['a plugin', 'age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t', /plugin/],
  ['nothing', '# nobody yet\n', /team.txt has no recipient in it/],
];

for (const [what, text, words] of WRONG_RECIPIENTS) {
  test(`${what} among recipients is named by its line, and never repeated`, () => {
    const isTold = (error: unknown) =>
      error instanceof KeyError &&
      words.test(error.message) &&
      !error.message.includes('SECRET-KEY-1');
    assert.throws(() => recipientsFrom([{ text, from: 'team.txt' }]), isTold);
  });
}

const WRONG_IDENTITIES: [what: string, text: string, words: RegExp][] = [
  ['a recipient', key.recipient, /line 1 of key.txt is a recipient/],
  ['a wrong letter', `${key.identity.slice(0, -1)}!`, /line 1 of key.txt is not an identity/],
  ['an encrypted file', 'age-encryption.org/v1\n-> scrypt', /itself encrypted/],
  ['nothing', '', /key.txt has no identity in it/],
];

for (const [what, text, words] of WRONG_IDENTITIES) {
  test(`${what} among identities is named by its line, and never repeated`, () => {
    const isTold = (error: unknown) =>
      error instanceof KeyError &&
      words.test(error.message) &&
      !error.message.includes(key.identity.slice(20, 40));
    assert.throws(() => identitiesFrom([{ text, from: 'key.txt' }]), isTold);
  });
}
