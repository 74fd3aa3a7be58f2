/** Objects of an S3-compatible bucket, whose keys are taken for paths: `a/b.txt` is the file b.txt in the folder a. */
import type {
  GetObjectCommandOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
  S3Client,
} from '@aws-sdk/client-s3';
import { TransferFailure } from '@boxhaul/transfer';
import type { FarEntry, FarFacts, FarTree } from '../far-origin.ts';
import { answered } from '../silence.ts';
import { fromOffset } from '../skipping.ts';
import { SourceError } from '../source-error.ts';

/** The library, which is loaded only when a bucket is named. */
export type S3Library = typeof import('@aws-sdk/client-s3');

/** Paths are keys; that of a folder ends with a slash, but for the bucket itself. */
export class S3Tree implements FarTree {
  readonly identity: string;
  readonly #s3: S3Library;
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(
    identity: string,
    bucket: string,
    { client, library }: { readonly client: S3Client; readonly library: S3Library },
  ) {
    this.identity = identity;
    this.#bucket = bucket;
    this.#client = client;
    this.#s3 = library;
  }

  async look(path: string, signal: AbortSignal): Promise<FarEntry | undefined> {
    if (path === '' || path.endsWith('/')) return this.#lookAtFolder(path, signal);
    return (await this.#lookAtObject(path, signal)) ?? this.#lookAtFolder(`${path}/`, signal);
  }

  async list(path: string, signal: AbortSignal): Promise<FarEntry[]> {
    const entries: FarEntry[] = [];
    let from: string | undefined;
    do {
      const page = await this.#page({ Prefix: path, Delimiter: '/' }, from, signal);
      for (const { Prefix: folder = '' } of page.CommonPrefixes ?? []) {
        entries.push({ name: folder.slice(path.length, -1), path: folder, kind: 'folder' });
      }
      for (const object of page.Contents ?? []) {
        const { Key: key = '' } = object;
        // A folder that is empty is kept by an empty object of its name. One with contents is a file without a name,
        // which Box cannot have: that is told.
        if (key === path && !object.Size) continue;
        entries.push({
          name: key.slice(path.length),
          path: key,
          kind: 'file',
          facts: factsOf(object.Size, object.ETag, object.LastModified),
        });
      }
      from = nextIn(page, from);
    } while (from !== undefined);
    return entries;
  }

  async *stream(
    path: string,
    { fingerprint }: FarFacts,
    offset: number,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void, void> {
    const command = new this.#s3.GetObjectCommand({
      Bucket: this.#bucket,
      Key: path,
      IfMatch: etagIn(fingerprint),
      ...(offset > 0 && { Range: `bytes=${offset}-` }),
    });
    const answer = await said(this.#client.send(command, { abortSignal: signal }));
    const {
      ContentRange: contentRange,
      $metadata: { httpStatusCode },
    } = answer;
    const bytes = bytesIn(answer);
    yield* fromOffset(offset, {
      bytes,
      contentRange: httpStatusCode === 206 ? (contentRange ?? '') : undefined,
    });
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  /** @param from where the page before it ended */
  async #page(
    which: Omit<ListObjectsV2CommandInput, 'Bucket'>,
    from: string | undefined,
    signal: AbortSignal,
  ): Promise<ListObjectsV2CommandOutput> {
    const command = new this.#s3.ListObjectsV2Command({
      ...which,
      Bucket: this.#bucket,
      ...(from !== undefined && { ContinuationToken: from }),
    });
    const page = await answered(
      (abortSignal) => said(this.#client.send(command, { abortSignal })),
      signal,
    );
    // Whoever answers with something else, such as a page for people, has not said that there is nothing.
    if (page.Name !== undefined || page.KeyCount !== undefined) return page;
    throw new TransferFailure('unexpected', 'what the server answers is no listing of a bucket');
  }

  async #lookAtObject(key: string, signal: AbortSignal): Promise<FarEntry | undefined> {
    const command = new this.#s3.HeadObjectCommand({ Bucket: this.#bucket, Key: key });
    try {
      const head = await answered(
        (abortSignal) => said(this.#client.send(command, { abortSignal })),
        signal,
      );
      const modified = keptTime(head.Metadata) ?? head.LastModified;
      const facts = factsOf(head.ContentLength, head.ETag, modified);
      return { name: key.slice(key.lastIndexOf('/') + 1), path: key, kind: 'file', facts };
    } catch (error) {
      if (error instanceof TransferFailure && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  async #lookAtFolder(path: string, signal: AbortSignal): Promise<FarEntry | undefined> {
    const page = await this.#page({ Prefix: path, MaxKeys: 1 }, undefined, signal);
    const count = page.KeyCount ?? page.Contents?.length ?? 0;
    if (count === 0 && path !== '') return undefined;
    return { name: path.slice(0, -1).split('/').at(-1) ?? '', path, kind: 'folder' };
  }
}

/** @throws {TransferFailure} there is more, and the server does not say how to come to it */
function nextIn(
  { IsTruncated: isPart, NextContinuationToken: next }: ListObjectsV2CommandOutput,
  from: string | undefined,
): string | undefined {
  if (!isPart) return undefined;
  if (next !== undefined && next !== from) return next;
  const words = 'the server has more files than it lists, and does not say how to ask for the rest';
  throw new TransferFailure('unexpected', words);
}

function bytesIn({ Body: body }: GetObjectCommandOutput): AsyncIterable<Uint8Array> {
  if (body && Symbol.asyncIterator in body) return body as AsyncIterable<Uint8Array>;
  throw new Error('the answer has no body');
}

function factsOf(sizeBytes = 0, etag = '', modified?: Date): FarFacts {
  const modifiedMs = modified?.getTime();
  return {
    sizeBytes,
    ...(modifiedMs !== undefined && { modifiedMs }),
    fingerprint: `${sizeBytes} ${etag}`,
    isSettled: etag !== '',
  };
}

function etagIn(fingerprint: string): string | undefined {
  return fingerprint.slice(fingerprint.indexOf(' ') + 1) || undefined;
}

/** Where a file was put there by rclone or s3cmd, they have kept its time: seconds, as they write them. */
function keptTime(metadata: Readonly<Record<string, string>> | undefined): Date | undefined {
  const seconds = Number(metadata?.mtime);
  return seconds > 0 ? new Date(Math.floor(seconds) * 1000) : undefined;
}

/** What the server says of who asks, and not of what is asked for. */
const NOT_LET_IN: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'InvalidAccessKeyId',
  'InvalidToken',
  'SignatureDoesNotMatch',
]);

/** What it says of a region that is not the bucket's. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'AuthorizationHeaderMalformed',
  'PermanentRedirect',
]);

/** @throws what the library throws, as far as the connection was lost; else one of our errors */
async function said<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw meantBy(error);
  }
}

function meantBy(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  if (NOT_LET_IN.has(name)) return notLetIn(error);
  if (ELSEWHERE.has(name)) return elsewhere(error);
  if (name === 'RequestTimeTooSkewed') return wrongClock(error);
  switch ($metadata?.httpStatusCode) {
    case 403:
      if (name === 'InvalidObjectState') return archived(error);
      return new TransferFailure('no-permission', 'the bucket does not permit it', {
        cause: error,
      });
    case 404:
      return new TransferFailure('not-found', missing(name), { cause: error });
    case 412:
      return new TransferFailure(
        'changed-while-read',
        'it changed while it was read: it is another',
        {
          recovery: 'restart',
          cause: error,
        },
      );
    case 416:
      return new TransferFailure(
        'changed-while-read',
        'it changed while it was read: it became shorter',
        {
          recovery: 'restart',
          cause: error,
        },
      );
    default:
      return error;
  }
}

function archived(cause: Error): TransferFailure {
  const words = 'it is archived (Glacier), and has to be restored before it can be read';
  return new TransferFailure('no-permission', words, { cause });
}

function missing(name: string): string {
  return name === 'NoSuchBucket' ? 'there is no such bucket' : 'it is not there (any more)';
}

function notLetIn(cause: Error): SourceError {
  return new SourceError(`the bucket's server does not let this machine in: ${cause.message}`, {
    cause,
    ways: [
      'export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…    (and AWS_SESSION_TOKEN, where there is one)',
      'export AWS_PROFILE=…    a profile of ~/.aws',
    ],
  });
}

function elsewhere(cause: Error): SourceError {
  return new SourceError(`the bucket is in another region: ${cause.message}`, {
    cause,
    ways: ['--s3-region <name>    or export AWS_REGION=…'],
  });
}

function wrongClock(cause: Error): SourceError {
  return new SourceError(
    `the bucket's server has another time than this machine: ${cause.message}`,
    {
      cause,
      ways: ['set the clock of this machine'],
    },
  );
}
