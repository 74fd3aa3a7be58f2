/** Folders and files on a WebDAV server. */
import { TransferFailure } from '@boxhaul/transfer';
import type { FileStat, ResponseDataDetailed, WebDAVClient } from 'webdav';
import { type FarEntry, type FarFacts, type FarTree, isSettledSince } from '../far-origin.ts';
import { answerMeans } from '../http-answers.ts';
import { answeredSoon } from '../silence.ts';
import { fromOffset } from '../skipping.ts';

const WAYS = [
  'export BOXHAUL_DAV_USER=… BOXHAUL_DAV_PASSWORD=…',
  'some servers want a password of its own for each app',
];

/** A listing comes in one answer, and a server may have to look at every file for it. */
const LISTING_MS = 10 * 60_000;

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
      const stat = await this.#said(
        this.#client.stat(path, { details: true, signal: answeredSoon(signal) }) as Promise<
          ResponseDataDetailed<FileStat>
        >,
      );
      return entryOf(stat.data, path);
    } catch (error) {
      if (error instanceof TransferFailure && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  async list(path: string, signal: AbortSignal): Promise<FarEntry[]> {
    const listing = await this.#said(
      this.#client.getDirectoryContents(path, {
        details: true,
        signal: answeredSoon(signal, LISTING_MS),
      }) as Promise<ResponseDataDetailed<FileStat[]>>,
    );
    const folder = path.endsWith('/') ? path : `${path}/`;
    return listing.data.map((stat) => entryOf(stat, folder + nameOf(stat)));
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

  async #said<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      const { status } = error as { status?: unknown };
      throw (typeof status === 'number' && answerMeans(status, this.identity, WAYS)) || error;
    }
  }
}

function nameOf({ filename }: FileStat): string {
  return filename.slice(filename.lastIndexOf('/') + 1);
}

function entryOf(stat: FileStat, path: string): FarEntry {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (stat.type === 'directory') return { name, path, kind: 'folder' };
  const { size: sizeBytes, lastmod, props } = stat;
  const etag = etagOf(stat);
  const modifiedMs = timeOf(lastmod);
  const createdMs = timeOf(props?.creationdate);
  const facts: FarFacts = {
    sizeBytes,
    ...(modifiedMs !== undefined && { modifiedMs }),
    ...(createdMs !== undefined && { createdMs }),
    fingerprint: `${sizeBytes} ${modifiedMs ?? ''} ${etag}`,
    isSettled: isStrong(etag) || (modifiedMs !== undefined && isSettledSince(modifiedMs)),
  };
  return { name, path, kind: 'file', facts };
}

/** As the server gave it: the library takes its quotes off. */
function etagOf({ props }: FileStat): string {
  const etag: unknown = props?.getetag;
  return etag === undefined || etag === null ? '' : String(etag);
}

/** The same for the same bytes only. @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
function isStrong(etag: string): boolean {
  return /^".*"$/.test(etag);
}

function timeOf(time: unknown): number | undefined {
  const ms = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
