/** Folders and files on a WebDAV server. */
import { TransferFailure } from '@boxhaul/transfer';
import type { WebDAVClient } from 'webdav';
import { type FarEntry, type FarFacts, type FarTree, isSettledSince } from '../far-origin.ts';
import { answerMeans } from '../http-answers.ts';
import { answered } from '../silence.ts';
import { fromOffset } from '../skipping.ts';
import { type Described, type Properties, readMultistatus } from './multistatus.ts';

const WAYS = [
  'export BOXHAUL_DAV_USER=… BOXHAUL_DAV_PASSWORD=…',
  'some servers want a password of its own for each app',
];

/** A listing comes in one answer, and a server may have to look at every file for it. */
const LISTING = { withinMs: 5 * 60_000, isLast: true };

/** Paths are decoded, from the server's root, and without a slash at their end. */
export class WebDavTree implements FarTree {
  readonly identity: string;
  readonly #client: WebDAVClient;

  constructor(identity: string, client: WebDAVClient) {
    this.identity = identity;
    this.#client = client;
  }

  async look(path: string, signal: AbortSignal): Promise<FarEntry | undefined> {
    try {
      const [described] = await answered((end) => this.#describe(path, '0', end), signal);
      if (!described) throw new Error('the server does not say what is there');
      return entryOf(described, path.slice(path.lastIndexOf('/') + 1), path);
    } catch (error) {
      if (error instanceof TransferFailure && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  async list(path: string, signal: AbortSignal): Promise<FarEntry[]> {
    const folder = path.endsWith('/') ? path : `${path}/`;
    const found = await answered((end) => this.#describe(folder, '1', end), signal, LISTING);
    return membersOf(folder, found).map((one) => {
      const name = one.names.at(-1) ?? '';
      return entryOf(one, name, folder + name);
    });
  }

  async *stream(
    path: string,
    { fingerprint }: FarFacts,
    offset: number,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void, void> {
    const etag = fingerprint.split(' ').slice(2).join(' ');
    const answer = await this.#said(
      this.#client.customRequest(path, {
        method: 'GET',
        headers: {
          ...(offset > 0 && { Range: `bytes=${offset}-` }),
          ...(isStrong(etag) && { 'If-Match': etag }),
        },
        signal,
      }),
    );
    // On Node it is a stream of Node's, which the library's types leave out.
    const { body: bytes } = answer as unknown as { body: AsyncIterable<Uint8Array> };
    const contentRange =
      answer.status === 206 ? (answer.headers.get('content-range') ?? '') : undefined;
    yield* fromOffset(offset, { bytes, contentRange });
  }

  async close(): Promise<void> {}

  /** @param depth `1` for what is in a folder as well, and no deeper */
  async #describe(path: string, depth: '0' | '1', signal: AbortSignal): Promise<Described[]> {
    const headers = { Accept: 'text/plain,application/xml', Depth: depth };
    const request = { method: 'PROPFIND', headers, signal };
    const answer = await this.#said(this.#client.customRequest(path, request));
    return readMultistatus(await answer.text());
  }

  async #said<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      const { status } = error as { status?: unknown };
      throw (typeof status === 'number' && answerMeans(status, this.identity, WAYS)) || error;
    }
  }
}

/** What is listed besides the folder itself. @throws {TransferFailure} something is listed that is not in it */
function membersOf(folder: string, found: readonly Described[]): Described[] {
  const asked = folder.split('/').filter((name) => name !== '');
  const isIn = ({ names }: Described) => asked.every((name, at) => isSame(name, names[at]));
  const stray = found.find((one) => one.names.length > asked.length + 1 || !isIn(one));
  if (stray) {
    const words = `the server was asked what is in ${folder}, and lists /${stray.names.join('/')}`;
    throw new TransferFailure('unexpected', words);
  }
  return found.filter(({ names }) => names.length > asked.length);
}

/** Some servers have names in letters, or in a form of them, of their own. */
function isSame(one: string, other: string | undefined): boolean {
  return one.normalize().toLowerCase() === other?.normalize().toLowerCase();
}

/** Of what the server says nothing, whoever opens it is told why. */
function entryOf({ properties }: Described, name: string, path: string): FarEntry {
  if (properties?.isFolder) return { name, path, kind: 'folder' };
  const facts = properties && factsIn(properties);
  return { name, path, kind: 'file', ...(facts && { facts }) };
}

function factsIn({ sizeBytes, modified, created, etag = '' }: Properties): FarFacts | undefined {
  if (sizeBytes === undefined) return undefined;
  const modifiedMs = timeOf(modified);
  const createdMs = timeOf(created);
  return {
    sizeBytes,
    ...(modifiedMs !== undefined && { modifiedMs }),
    ...(createdMs !== undefined && { createdMs }),
    fingerprint: `${sizeBytes} ${modifiedMs ?? ''} ${etag}`,
    isSettled: isStrong(etag) || (modifiedMs !== undefined && isSettledSince(modifiedMs)),
  };
}

/** The same for the same bytes only. @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
function isStrong(etag: string): boolean {
  return /^".*"$/.test(etag);
}

function timeOf(time: string | undefined): number | undefined {
  const ms = Date.parse(time ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}
