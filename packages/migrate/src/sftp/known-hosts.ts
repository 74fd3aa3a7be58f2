/**
 * What OpenSSH knows of hosts: `known_hosts` files, read as ssh reads them, so that a host that was met there is met
 * here, and one that pretends to be it is refused.
 * @see https://man.openbsd.org/sshd.8#SSH_KNOWN_HOSTS_FILE_FORMAT
 */
import { createHash, createHmac } from 'node:crypto';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fitsPatterns } from './patterns.ts';

/** A key that a host was seen with. */
interface KnownKey {
  readonly type: string;
  /** Base64, as in the file. */
  readonly key: string;
  readonly isRevoked: boolean;
}

/** By what a host is known. */
export interface KnownPlace {
  readonly host: string;
  readonly port: number;
  /** `HostKeyAlias`: the name that stands for it in these files. */
  readonly knownAs?: string;
}

/** What is known of one host. */
export class KnownHost {
  readonly #keys: readonly KnownKey[];

  constructor(keys: readonly KnownKey[]) {
    this.#keys = keys;
  }

  /** The kinds of keys it was seen with: one of them is to be asked for, since another would be a stranger's. */
  get types(): readonly string[] {
    return [...new Set(this.#keys.filter(({ isRevoked }) => !isRevoked).map(({ type }) => type))];
  }

  judge(offered: Buffer): 'known' | 'unknown' | 'other' | 'revoked' {
    const key = offered.toString('base64');
    const same = this.#keys.filter((known) => known.key === key);
    if (same.some(({ isRevoked }) => isRevoked)) return 'revoked';
    if (same.length > 0) return 'known';
    return this.types.length > 0 ? 'other' : 'unknown';
  }
}

/** @param files in any order; those that are not there say nothing */
export async function knownHost(files: readonly string[], place: KnownPlace): Promise<KnownHost> {
  const keys: KnownKey[] = [];
  for (const file of files) {
    const text = await textOf(file);
    for (const line of text.split(/\r?\n/)) keys.push(...keysIn(line, placeOf(place)));
  }
  return new KnownHost(keys);
}

/** Writes down that a host has this key. */
export async function rememberHost(file: string, place: KnownPlace, key: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const before = await textOf(file);
  const start = before === '' || before.endsWith('\n') ? '' : '\n';
  const line = `${placeOf(place)} ${keyType(key)} ${key.toString('base64')}\n`;
  await appendFile(file, start + line, { mode: 0o600 });
}

async function textOf(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

/** As ssh shows it. */
export function keyFingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** A key begins with the name of its kind. */
export function keyType(key: Buffer): string {
  return key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1');
}

/** How a host is written in these files: by `HostKeyAlias` without its port, since one name may be for many ports. */
export function placeOf({ host, port, knownAs }: KnownPlace): string {
  if (knownAs !== undefined) return knownAs.toLowerCase();
  const name = host.toLowerCase();
  return port === 22 ? name : `[${name}]:${port}`;
}

function keysIn(line: string, place: string): KnownKey[] {
  const words = line.trim().split(/\s+/);
  const marker = words[0]?.startsWith('@') ? words.shift() : undefined;
  const [patterns, type, key] = words;
  if (patterns === undefined || patterns.startsWith('#') || !type || !key) return [];
  // A certificate authority signs hosts' keys; such signatures are not checked here.
  if (marker === '@cert-authority' || !matches(patterns, place)) return [];
  return [{ type, key, isRevoked: marker === '@revoked' }];
}

/** Patterns, or one place that was made unreadable. */
function matches(patterns: string, place: string): boolean {
  const [, salt, hash] = /^\|1\|([^|]+)\|(.+)$/.exec(patterns) ?? [];
  if (salt !== undefined) {
    return createHmac('sha1', Buffer.from(salt, 'base64')).update(place).digest('base64') === hash;
  }
  return fitsPatterns(patterns.toLowerCase().split(','), place);
}
