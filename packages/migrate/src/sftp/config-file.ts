/**
 * `~/.ssh/config`, gone through as ssh goes through it: line by line, what is said first counts, and what is included
 * stands where it is included, also within `Host` and `Match`.
 * @see https://man.openbsd.org/ssh_config.5
 */
import { glob, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import SSHConfig from 'ssh-config';
import { SourceError } from '../source-error.ts';
import { fitsPatterns } from './patterns.ts';

/** Of whom it is asked. */
export interface Asked {
  /** As it was typed. */
  readonly host: string;
  /** Absent: whoever the file says. */
  readonly user?: string;
  readonly localUser: string;
}

/** What is said of each word, in lower case: of those that may come several times all of it. */
export type Said = Readonly<Record<string, readonly string[]>>;

/** @throws {SourceError} a file cannot be read or understood */
export async function saidOf(asked: Asked, file: string): Promise<Said> {
  const reading = new Reading(asked, dirname(file));
  await reading.read(file, 0);
  if (!reading.hasFinal) return reading.said;
  // `Match final` is for what all the others have led to.
  await reading.readAgain(file);
  return reading.said;
}

/** As ssh has it, lest two files include each other. */
const DEEPEST = 16;

/** Words that may come several times; of all others the first counts. */
const GATHERED = new Set(['identityfile', 'certificatefile']);

const PROXIES = ['proxyjump', 'proxycommand'];

type Line = SSHConfig[number];
type Value = string | readonly { readonly val: string }[];

class Reading {
  readonly said: Record<string, string[]> = {};
  /** Whether there is something for the end. */
  hasFinal = false;
  readonly #asked: Asked;
  readonly #folder: string;
  #isFinal = false;

  constructor(asked: Asked, folder: string) {
    this.#asked = asked;
    this.#folder = folder;
  }

  async read(file: string, depth: number): Promise<void> {
    await this.#take(parsed(await textOf(file), file), depth);
  }

  async readAgain(file: string): Promise<void> {
    this.#isFinal = true;
    await this.read(file, 0);
  }

  async #take(lines: readonly Line[], depth: number): Promise<void> {
    for (const line of lines) {
      if (!('param' in line)) continue;
      if ('config' in line) {
        if (this.#isFor(line)) await this.#take(line.config, depth);
      } else if (line.param.toLowerCase() === 'include') {
        if (depth < DEEPEST) await this.#include(wordsOf(line.value), depth);
      } else this.#hear(line.param.toLowerCase(), line.value);
    }
  }

  async #include(words: readonly string[], depth: number): Promise<void> {
    for (const word of words) {
      const pattern = word.replace(/^~(?=\/)/, dirname(this.#folder));
      const at = isAbsolute(pattern) ? pattern : join(this.#folder, pattern);
      for (const one of (await Array.fromAsync(glob(at))).sort()) await this.read(one, depth + 1);
    }
  }

  #hear(word: string, value: Value): void {
    const words = word === 'proxycommand' ? [wordsOf(value).join(' ')] : wordsOf(value);
    if (GATHERED.has(word)) {
      const before = this.said[word] ?? [];
      this.said[word] = [...new Set([...before, ...words])];
    } else {
      // Of these two the first that comes decides.
      if (PROXIES.includes(word) && PROXIES.some((one) => this.said[one])) return;
      this.said[word] ??= words;
    }
  }

  #isFor(section: Extract<Line, { readonly config: SSHConfig }>): boolean {
    if (!('criteria' in section)) return fitsPatterns(wordsOf(section.value), this.#asked.host);
    return Object.entries(section.criteria)
      .map(([criterion, value]) => this.#meets(criterion.toLowerCase(), wordsOf(value).join(',')))
      .every(Boolean);
  }

  #meets(criterion: string, value: string): boolean {
    if (criterion.startsWith('!')) {
      const positive = criterion.slice(1);
      return ANSWERED.has(positive) && !this.#meets(positive, value);
    }
    const { host, user, localUser } = this.#asked;
    const among = (text: string) => fitsPatterns(value.split(','), text);
    switch (criterion) {
      case 'all':
        return true;
      case 'final':
        this.hasFinal = true;
        return this.#isFinal;
      case 'canonical':
        return this.#isFinal;
      case 'host':
        return among(hostNameIn(this.said, host));
      case 'originalhost':
        return among(host);
      case 'user':
        return among(user ?? this.said.user?.[0] ?? localUser);
      case 'localuser':
        return among(localUser);
      default:
        // A command of `exec` is not run: nobody asked for that here.
        return false;
    }
  }
}

const ANSWERED = new Set(['host', 'originalhost', 'user', 'localuser']);

/** Where a host is that was typed so. */
export function hostNameIn(said: Said, host: string): string {
  const named = said.hostname?.[0] ?? host;
  return named.replace(/%([h%])/g, (_, sign) => (sign === 'h' ? host : '%'));
}

function wordsOf(value: Value): string[] {
  return typeof value === 'string' ? [value] : value.map(({ val }) => val);
}

function parsed(text: string, file: string): SSHConfig {
  try {
    return SSHConfig.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SourceError(`${file} cannot be understood: ${why}`, { cause });
  }
}

async function textOf(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return '';
    throw new SourceError(`${file} cannot be read: ${cause.message}`, { cause });
  });
}
