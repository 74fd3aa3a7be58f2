import type { RequestBody } from '@boxhaul/client';
import { sha1Of, sha1OfSource } from '../hash.ts';
import { once } from '../once.ts';
import type { Source } from '../origins/source.ts';
import { spooledSource } from '../origins/spooled-source.ts';
import { SESSION_FROM_BYTES, WHOLE_UP_TO_BYTES } from '../plan.ts';
import type { Hashes } from '../state/hashes.ts';

/** What is to be sent of a file, in the state in which it was opened. */
export interface Contents {
  readonly source: Source;
  readonly sizeBytes: number;
  /** They are sealed in Box already and not here: they can be copied there, and not be sent. */
  readonly isInBoxOnly?: true;
  /** To compare by: remembered, or worked out at most once. @throws {TransferFailure} `changed-while-read` */
  sha1(): Promise<string>;
  /** To send: of the very bytes in `body`, where those are in memory. */
  sha1OfBody(): Promise<string>;
  /** For one request: small files from memory, others read anew each time it is opened. */
  body(): Promise<RequestBody>;
  /** What Box says of the file that it has made of them. */
  learn(sha1: string): void;
  /** Lets go of what was kept of it; the source stays open. @param failure what went wrong with it, if anything did */
  close(failure?: unknown): Promise<void>;
}

/**
 * A small file is read once and held; of a larger one no more than a piece is ever in memory. What comes from afar is
 * read once as well, if it goes in one request: its SHA-1 is worked out while it is written down on this machine.
 * @param isShared it may be sent more than once: then it is read once from wherever it comes
 */
export function contentsOf(
  source: Source,
  signal: AbortSignal,
  known?: Hashes,
  isShared = false,
): Contents {
  const isHeld = source.sizeBytes <= WHOLE_UP_TO_BYTES;
  const isForOneRequest = source.sizeBytes < SESSION_FROM_BYTES && !isHeld;
  const isKept = (isShared || source.isFar === true) && isForOneRequest;
  let sent: string | undefined;
  let kept: ReturnType<typeof spooledSource> | undefined;
  const keep = async () => {
    kept ??= spooledSource(source, source.read(), signal);
    return (await kept).sha1;
  };
  const whole = once(() => source.readWhole());
  const sha1OfWhole = once(async () => {
    const sha1 = sha1Of(await whole());
    known?.learn(source, sha1);
    return sha1;
  });
  const worked = once(async () => {
    if (!isHeld) return sha1OfSource(source, signal, known, isKept ? keep : undefined);
    return source.sha1 ?? known?.find(source) ?? sha1OfWhole();
  });
  const sha1 = async () => sent ?? worked();
  return {
    source,
    sizeBytes: source.sizeBytes,
    sha1,
    sha1OfBody: isHeld ? sha1OfWhole : sha1,
    async body() {
      const { sizeBytes } = source;
      if (!isHeld) {
        if (isShared && isKept) await keep();
        const from = (await kept) ?? source;
        return { sizeBytes, open: () => from.read() };
      }
      const bytes = await whole();
      return {
        sizeBytes,
        bytes,
        async *open() {
          if (sizeBytes > 0) yield bytes;
        },
      };
    },
    learn(sha1) {
      sent = sha1;
      known?.learn(source, sha1);
    },
    async close() {
      // What became of it is for whoever asked for it to tell.
      const copy = await kept?.catch(() => undefined);
      await copy?.close();
    },
  };
}
