/** A tree of folders and files on a server, as the origin of an upload. */
import {
  type FileFacts,
  mended,
  type Origin,
  type OriginContext,
  type OriginEntry,
  type StreamedFile,
  streamedSource,
  TransferFailure,
} from '@boxhaul/transfer';
import { unlessSilent } from './silence.ts';
import { SourceError } from './source-error.ts';

/** An origin that holds connections; whoever opened it closes it. */
export interface OpenOrigin extends Origin {
  /** Lets go of its connections. */
  close(): Promise<void>;
}

/** What a server says of a name without its contents being read. */
export interface FarEntry {
  readonly name: string;
  /** As the server wants it. */
  readonly path: string;
  readonly kind: OriginEntry['kind'];
  /** Of a file: what there is to be known of it, and a fingerprint that is another when its contents are. */
  readonly facts?: FarFacts;
}

/** What is known of a file that was not read. */
export type FarFacts = FileFacts & Pick<StreamedFile, 'fingerprint' | 'isSettled'>;

/**
 * What a kind of server has to be able to do. What it throws is one of our errors where asking again is of no use, and
 * anything else where a connection was lost.
 */
export interface FarTree {
  /** Which server, and as whom; no secrets. */
  readonly identity: string;
  /** @returns undefined if nothing is there */
  look(path: string, signal: AbortSignal): Promise<FarEntry | undefined>;
  /** What is in a folder, in any order. */
  list(path: string, signal: AbortSignal): Promise<FarEntry[]>;
  /** A file's bytes from an offset on. */
  stream(
    path: string,
    facts: FarFacts,
    offset: number,
    signal: AbortSignal,
  ): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** What of a tree is meant: a path, or what is in the folder there. */
export interface Start {
  readonly path: string;
  /** Its name in Box; undefined if what is in it is meant. */
  readonly name: string | undefined;
  /** As it was typed. */
  readonly words: string;
}

/**
 * Makes sure that there is something to begin with.
 * @throws {SourceError} there is not
 */
export async function openFarOrigin(
  tree: FarTree,
  start: Start,
  signal: AbortSignal,
): Promise<OpenOrigin> {
  try {
    const begin = await beginning(tree, start, signal);
    return new FarOrigin(tree, start, begin);
  } catch (error) {
    await tree.close();
    throw error;
  }
}

async function beginning(tree: FarTree, start: Start, signal: AbortSignal): Promise<FarEntry> {
  const seen = await tree.look(start.path, signal).catch((error: unknown) => {
    throw notBegun(start.words, error, signal);
  });
  if (!seen) {
    throw new SourceError(`${start.words} is not there`, { ways: ['check its spelling'] });
  }
  if (start.name === undefined && seen.kind !== 'folder') {
    throw new SourceError(`${start.words} is no folder`, {
      ways: ['leave out the slash at its end'],
    });
  }
  return seen;
}

/**
 * What is to be thrown when the very beginning cannot be read: who typed something wrong need not wait for it to be
 * tried again and again.
 */
export function notBegun(words: string, cause: unknown, signal: AbortSignal): unknown {
  if (signal.aborted || cause instanceof SourceError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new SourceError(`${words} cannot be read: ${why}`, {
    cause,
    ways: ['check the address, and that this machine and this user may read there'],
  });
}

class FarOrigin implements OpenOrigin {
  readonly identity: readonly string[];
  readonly #tree: FarTree;
  readonly #start: Start;
  readonly #begin: FarEntry;
  #hasTold = false;

  constructor(tree: FarTree, start: Start, begin: FarEntry) {
    this.identity = [start.words, tree.identity];
    this.#tree = tree;
    this.#start = start;
    this.#begin = begin;
  }

  async top(context: Listening) {
    const { path, name } = this.#start;
    const entries =
      name === undefined
        ? await this.#list(path, context)
        : [originEntry({ ...this.#begin, name })];
    return { entries, failed: [] };
  }

  async list({ path }: OriginEntry, context: Listening) {
    return this.#list(path, context);
  }

  async facts({ facts }: OriginEntry): Promise<FileFacts | undefined> {
    return facts;
  }

  async open({ path }: OriginEntry, signal: AbortSignal) {
    const tree = this.#tree;
    const look = async (until: AbortSignal) => factsOf(await tree.look(path, until), path);
    const facts = await mended(() => look(signal), { signal });
    return streamedSource(
      {
        ...facts,
        key: `${tree.identity}${path}`,
        stream: (offset, until) =>
          unlessSilent((end) => tree.stream(path, facts, offset, end), until),
        look: async (until) => (await look(until)).fingerprint,
      },
      { signal },
    );
  }

  async close(): Promise<void> {
    await this.#tree.close();
  }

  async #list(path: string, { signal, emit }: Listening): Promise<OriginEntry[]> {
    const timer = setTimeout(() => this.#tellSlow(path, emit), SLOW_MS);
    try {
      const entries = await mended(() => this.#tree.list(path, signal), { signal });
      return entries.map(originEntry).sort(byName);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The first is enough: where one folder takes its time others do. */
  #tellSlow(path: string, emit: Listening['emit']): void {
    if (this.#hasTold) return;
    this.#hasTold = true;
    const words = `${this.#tree.identity} was asked ${SLOW_MS / 1000} s ago what is in ${path}, and has not told all of it yet`;
    emit?.({ type: 'notice', code: 'slow-source', words });
  }
}

/** What listing takes of a run. */
type Listening = Pick<OriginContext, 'signal' | 'emit'>;

/** Whoever watches is told of a listing that takes so long. */
const SLOW_MS = 15_000;

function originEntry({ name, path, kind, facts }: FarEntry): OriginEntry {
  return { name, path, kind, ...(facts && { facts }) };
}

function byName(one: OriginEntry, other: OriginEntry): number {
  if (one.name === other.name) return one.path < other.path ? -1 : 1;
  return one.name < other.name ? -1 : 1;
}

function factsOf(seen: FarEntry | undefined, path: string): FarFacts {
  if (seen?.facts && seen.kind === 'file') return seen.facts;
  if (seen?.kind === 'file') {
    throw new TransferFailure('unexpected', 'the server does not say how long it is');
  }
  if (seen) throw new TransferFailure('special-file', 'it is no ordinary file');
  const words = path.includes('\ufffd')
    ? 'its name is not UTF-8, and so it cannot be asked for'
    : 'it is not there (any more)';
  throw new TransferFailure(path.includes('\ufffd') ? 'name-refused' : 'not-found', words);
}

/**
 * Two changes within a second may leave the same time. A file that is as young as this is not remembered as read, since
 * the clocks of both sides may differ.
 */
const SETTLED_AFTER_MS = 60_000;

/** Whether a file whose time counts whole seconds would show it if it changed from now on. */
export function isSettledSince(modifiedMs: number): boolean {
  return modifiedMs + SETTLED_AFTER_MS < Date.now();
}

/** The last name in a path; undefined if what is in a folder is meant. */
export function nameMeant(path: string): string | undefined {
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last === '' || last === '.' || last === '..' ? undefined : last;
}
