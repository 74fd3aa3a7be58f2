import type { CallCounts, ExchangeRecord } from './record.ts';

/** Counts what a client spends. */
export class CallCounter {
  #calls = 0;
  #uploads = 0;
  #downloads = 0;
  #tokens = 0;
  #retried = 0;
  #refused = 0;

  /** Counts one exchange. */
  add({ host, status, errorCode }: ExchangeRecord): void {
    if (errorCode === 'connect_failed' || errorCode === 'connect_timeout') return;
    if (status === 429) this.#refused++;
    if (host === 'download') this.#downloads++;
    else if (host === 'oauth') this.#tokens++;
    else this.#calls++;
    if (host === 'upload') this.#uploads++;
  }

  /** Counts an attempt after the first. */
  addRetry(): void {
    this.#retried++;
  }

  /** As they stand now. */
  counts(): CallCounts {
    return {
      calls: this.#calls,
      uploads: this.#uploads,
      downloads: this.#downloads,
      tokens: this.#tokens,
      retried: this.#retried,
      refused: this.#refused,
    };
  }
}
