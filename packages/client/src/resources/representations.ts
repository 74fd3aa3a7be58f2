import type { Clock } from '../clock.ts';
import { BoxConnectionError, BoxhaulError, InputError } from '../errors.ts';
import type { BoxRepresentation } from '../representation-types.ts';
import type { BoxRequest, Send } from '../request.ts';
import { answerOf, entity, pathOf } from './answers.ts';
import type { CallOptions } from './call-options.ts';

/** What a representation holds, as it arrives. Read `body` to its end, or call `cancel`. */
export interface RepresentationContent {
  readonly contentType?: string;
  /** The bytes, once. Throws a BoxConnectionError when they break off or stall. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends it unread. Harmless afterwards. */
  cancel(): void;
}

/** Pauses between two looks at what Box is making, in milliseconds: five minutes in all. */
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000, ...Array.from({ length: 19 }, () => 15_000)];

/** The forms in which Box shows files. Small pictures are sooner had from `thumbnails`. */
export class Representations {
  readonly #send: Send;
  readonly #clock: Clock;

  constructor(send: Send, clock: Clock) {
    this.#send = send;
    this.#clock = clock;
  }

  /**
   * The representations of a file that there are or could be; none of them is made by asking.
   *
   * @param options `hints`: only these, with their status; each is a type, such as `pdf`, or one of a certain kind,
   *   such as `png?dimensions=1024x1024`; of several with commas between them, the first that there can be
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/guides/representations/list-all-representations/
   * @example
   * ```ts
   * for (const { representation, properties } of await client.representations.list(fileId)) {
   *   console.log(representation, properties.dimensions);
   * }
   * ```
   */
  async list(
    fileId: string,
    { hints, signal }: CallOptions & { readonly hints?: readonly string[] | undefined } = {},
  ): Promise<readonly BoxRepresentation[]> {
    const request: BoxRequest = {
      method: 'GET',
      path: pathOf('/files', fileId),
      query: { fields: 'representations' },
      headers: { 'x-rep-hints': hints?.map(hintForBox).join('') },
      signal,
    };
    const file = await answerOf<FileWithRepresentations>(this.#send, request, entity('file'));
    return file.representations?.entries ?? [];
  }

  /**
   * One representation, as soon as Box has made it, which may take minutes; undefined if the file has none of that
   * kind.
   *
   * @param hint as in `list`
   * @throws {BoxhaulError} `representation_failed` (recovery `skip`): Box cannot make it; `representation_not_ready`
   *   (recovery `retry`): Box is still at it after five minutes
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/guides/representations/request-a-representation/
   * @example
   * ```ts
   * const text = await client.representations.get(fileId, 'extracted_text');
   * console.log(text?.status?.state ?? 'this file has no text');
   * ```
   */
  async get(
    fileId: string,
    hint: string,
    { signal }: CallOptions = {},
  ): Promise<BoxRepresentation | undefined> {
    const [found] = await this.list(fileId, { hints: [hint], signal });
    if (found === undefined || isReady(found, fileId)) return found;
    // Asking at this address is what has it made.
    const request = { method: 'GET', path: found.info.url, signal } as const;
    for (const waitMs of WAITS_MS) {
      const next = await answerOf(this.#send, request, representationOf);
      if (isReady(next, fileId)) return next;
      await this.#clock.sleep(waitMs, signal);
    }
    throw failure(`is still making the ${hint} of file ${fileId}`, 'representation_not_ready');
  }

  /**
   * Opens what a representation holds; of one with pages, a page.
   *
   * @param found as `get` answers it
   * @param options `asset`: `1.png` is the first page of a `paged` one. @default the whole
   * @throws {BoxApiError} `not_found` (404): there is no such page
   * @throws {InputError} it was listed without a hint, so that Box has not said where it is
   * @see https://developer.box.com/guides/representations/download-a-representation/
   * @example
   * ```ts
   * const text = await client.representations.get(fileId, 'extracted_text');
   * if (text) {
   *   const { body } = await client.representations.download(text);
   *   for await (const chunk of body) console.log(Buffer.from(chunk).toString());
   * }
   * ```
   */
  async download(
    found: BoxRepresentation,
    { asset = '', signal }: CallOptions & { readonly asset?: string | undefined } = {},
  ): Promise<RepresentationContent> {
    const { representation, content } = found;
    if (!content) {
      throw new InputError(`ask for the ${representation} by a hint: then Box says where it is`);
    }
    const path = content.url_template.replace('{+asset_path}', () => encodeURI(asset));
    const request = { method: 'GET', host: 'download', path, signal } as const;
    const response = await this.#send({ ...request, answer: 'stream', waitOn202: true });
    const { stream, status, headers } = response;
    const { 'content-type': contentType } = headers;
    if (stream && status === 200) {
      const kind = contentType === undefined ? {} : { contentType };
      return { ...kind, body: stream, cancel: () => stream.cancel() };
    }
    stream?.cancel();
    throw new BoxConnectionError(`GET of a representation was answered with status ${status}`, {
      code: 'unexpected_answer',
      method: 'GET',
      path: '…/content',
    });
  }
}

interface FileWithRepresentations {
  readonly type: 'file';
  readonly id: string;
  readonly representations?: { readonly entries: readonly BoxRepresentation[] };
}

function hintForBox(hint: string): string {
  if (/^[\w?=&,. -]+$/.test(hint)) return `[${hint}]`;
  throw new InputError(`"${hint}" is no hint at a representation, as "pdf" is one`);
}

function isReady({ status }: BoxRepresentation, fileId: string): boolean {
  if (status?.state === 'error') {
    throw failure(`cannot make this of file ${fileId}`, 'representation_failed', status.code);
  }
  return status?.state === 'success' || status?.state === 'viewable';
}

function failure(
  what: string,
  code: 'representation_failed' | 'representation_not_ready',
  boxCode?: string,
): BoxhaulError {
  const recovery = code === 'representation_failed' ? 'skip' : 'retry';
  const why = boxCode === undefined ? '' : ` (${boxCode})`;
  return new BoxhaulError(`Box ${what}${why}`, { code, recovery });
}

function representationOf(data: unknown): BoxRepresentation | undefined {
  const isOne =
    typeof data === 'object' && data !== null && 'representation' in data && 'status' in data;
  return isOne ? (data as BoxRepresentation) : undefined;
}
