/** Who may open what is sealed: recipients, which everybody may know, and the identities that belong to them. */
import { loadAge } from './age.ts';

/** For whom files are sealed; at least one. */
export interface Recipients {
  readonly list: readonly string[];
}

/** What opens sealed files; at least one. Secret. */
export interface Identities {
  readonly list: readonly string[];
}

/** What somebody wrote is no recipient, or no identity; it says where, and never repeats what may be secret. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly code = 'invalid_key';
  readonly recovery = 'stop';
}

/**
 * Recipients from words and from the text of recipients files, as `age -r` and `age -R` take them: one a line, with
 * empty lines and comments (`#`).
 * @throws {KeyError} a line is none, or there is none at all
 * @example
 * ```ts
 * import { generateKey, recipientsFrom } from '@boxhaul/seal';
 *
 * const [mine, theirs] = [await generateKey(), await generateKey()];
 * const text = `# the safe\n${theirs.recipient}\n`;
 * const recipients = recipientsFrom([{ text: mine.recipient }, { text, from: 'team.txt' }]);
 * console.log(recipients.list.length); // 2
 * ```
 */
export function recipientsFrom(texts: readonly KeyText[]): Recipients {
  const list = new Set<string>();
  for (const { line, place } of linesOf(texts)) {
    assertRecipient(line, place);
    list.add(line);
  }
  if (list.size === 0) throw new KeyError(`${placesOf(texts)} has no recipient in it`);
  return { list: [...list] };
}

/**
 * Identities from the text of identity files, as `age -i` takes them and `boxhaul keygen` and `age-keygen` write them.
 * @throws {KeyError} a line is none, or there is none at all
 * @example
 * ```ts
 * import { generateKey, identitiesFrom } from '@boxhaul/seal';
 *
 * const { file } = await generateKey();
 * console.log(identitiesFrom([{ text: file, from: 'key.txt' }]).list.length); // 1
 * ```
 */
export function identitiesFrom(texts: readonly KeyText[]): Identities {
  const list = new Set<string>();
  for (const { line, place } of linesOf(texts)) {
    assertIdentity(line, place);
    list.add(line);
  }
  if (list.size === 0) throw new KeyError(`${placesOf(texts)} has no identity in it`);
  return { list: [...list] };
}

/** Text with keys in it, and which file it is of. */
export interface KeyText {
  readonly text: string;
  readonly from?: string;
}

/** A key of one's own: `identity` is secret. */
export interface Key {
  /** `AGE-SECRET-KEY-1…` */
  readonly identity: string;
  /** `age1…` */
  readonly recipient: string;
  /** What a file of it holds, in the words of `age-keygen`. */
  readonly file: string;
}

/**
 * Makes a new key.
 * @example
 * ```ts
 * import { generateKey } from '@boxhaul/seal';
 *
 * const { recipient, file } = await generateKey();
 * console.log(recipient.startsWith('age1'), file.includes(recipient)); // true true
 * ```
 */
export async function generateKey(now = new Date()): Promise<Key> {
  const { generateX25519Identity, identityToRecipient } = loadAge();
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const created = `${now.toISOString().slice(0, 19)}Z`;
  const file = `# created: ${created}\n# public key: ${recipient}\n${identity}\n`;
  return { identity, recipient, file };
}

/**
 * The recipients that these identities belong to.
 * @example
 * ```ts
 * import { generateKey, identitiesFrom, recipientsOf } from '@boxhaul/seal';
 *
 * const { identity, recipient } = await generateKey();
 * const { list } = await recipientsOf(identitiesFrom([{ text: identity }]));
 * console.log(list[0] === recipient); // true
 * ```
 */
export async function recipientsOf({ list }: Identities): Promise<Recipients> {
  const { identityToRecipient } = loadAge();
  return { list: await Promise.all(list.map((identity) => identityToRecipient(identity))) };
}

function* linesOf(texts: readonly KeyText[]): Generator<{ line: string; place: string }> {
  for (const { text, from } of texts) {
    for (const [index, raw] of text.split('\n').entries()) {
      const line = raw.trim();
      if (line === '' || line.startsWith('#')) continue;
      yield { line, place: from === undefined ? 'what was given' : `line ${index + 1} of ${from}` };
    }
  }
}

function placesOf(texts: readonly KeyText[]): string {
  return texts.map(({ from }) => from ?? 'what was given').join(', ') || 'what was given';
}

function assertRecipient(line: string, place: string): void {
  if (/^age-secret-key-/i.test(line)) {
    throw new KeyError(`${place} is an identity, which is secret; a recipient begins with age1`);
  }
  if (line.startsWith('ssh-')) {
    throw new KeyError(`${place} is an SSH key; Boxhaul takes recipients that begin with age1`);
  }
  const { Encrypter } = loadAge();
  try {
    new Encrypter().addRecipient(line);
  } catch (cause) {
    const isOfPlugin = /^age1[a-z0-9]+1/.test(line);
    const words = isOfPlugin
      ? 'is damaged, or of a plugin of age, which Boxhaul does not have'
      : 'is no recipient (age1…), or has a wrong letter in it';
    throw new KeyError(`${place} ${words}`, { cause });
  }
}

function assertIdentity(line: string, place: string): void {
  if (line.startsWith('age-encryption.org/') || line.startsWith('-----BEGIN AGE')) {
    throw new KeyError(`${place}: the file is itself encrypted; age -d opens it`);
  }
  if (line.startsWith('age1')) {
    throw new KeyError(`${place} is a recipient; an identity begins with AGE-SECRET-KEY-`);
  }
  const { Decrypter } = loadAge();
  try {
    new Decrypter().addIdentity(line);
  } catch (cause) {
    const words = 'is not an identity (AGE-SECRET-KEY-1…), or has a wrong letter in it';
    throw new KeyError(`${place} ${words}`, { cause });
  }
}
