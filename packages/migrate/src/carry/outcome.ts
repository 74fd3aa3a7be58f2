import { BoxApiError, BoxConnectionError, BoxhaulError } from '@boxhaul/client';
import { type Carried, type Gap, TransferFailure } from '@boxhaul/transfer';

/** What was carried to one item and what was not, as it adds up. */
export class Outcome implements Carried {
  readonly done: Record<string, number> = {};
  readonly gaps: Gap[] = [];

  /** One more of this came along. */
  did(what: string): void {
    this.done[what] = (this.done[what] ?? 0) + 1;
  }

  /** One of this stays behind, for good. */
  lacks(what: string, code: string, words: string): void {
    this.gaps.push({ what, code, words });
  }

  /**
   * Does a step; a refusal is a gap, and undefined.
   * @param subject what it is that stays behind then, in a few words
   * @throws what ends the run, or comes of the run's being stopped
   */
  async attempt<T>(
    what: string,
    subject: string,
    { signal }: { readonly signal: AbortSignal },
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || isStop(error)) throw error;
      this.gaps.push(gapOf(what, subject, error));
      return undefined;
    }
  }
}

function isStop(error: unknown): boolean {
  return error instanceof BoxhaulError && error.recovery === 'stop';
}

function gapOf(what: string, subject: string, error: unknown): Gap {
  const words = `${subject}: ${error instanceof Error ? error.message : String(error)}`;
  // What was asked for is what Box does not take: it would not take it again.
  const isForGood = error instanceof BoxApiError && [400, 409].includes(error.status);
  return { what, code: codeOf(error), words, ...(!isForGood && { mayPass: true }) };
}

function codeOf(error: unknown): string {
  if (error instanceof TransferFailure) return error.reason.code;
  if (error instanceof BoxConnectionError) return 'connection';
  if (!(error instanceof BoxApiError)) return 'unexpected';
  if (error.status === 403) return 'no-permission';
  return error.status === 404 ? 'not-found' : error.code;
}
