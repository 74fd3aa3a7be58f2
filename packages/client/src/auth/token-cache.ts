import type { Clock } from '../clock.ts';
import type { AccessToken } from './authenticator.ts';

/** Gets a new token, in place of `replaced` (refused or about to expire), if there was one. */
export type FetchToken = (context: {
  readonly signal: AbortSignal;
  readonly replaced: string | undefined;
}) => Promise<AccessToken>;

/** One renewal, and those who wait for it. */
interface Renewal {
  readonly token: Promise<AccessToken>;
  readonly controller: AbortController;
  waiting: number;
}

/** A token is renewed this long before it expires, or when a fifth of its life is left if that is shorter. */
const RENEW_BEFORE_MS = 60_000;

/**
 * Holds one token, and renews it before it expires and when Box refused it. However many ask at once, there is
 * one renewal: those who wait for it may go away one by one, and it is given up when the last has gone.
 */
export class TokenCache {
  readonly #fetchToken: FetchToken;
  readonly #clock: () => Clock;
  #current: AccessToken | undefined;
  #renewAtMs = Number.NEGATIVE_INFINITY;
  #renewal: Renewal | undefined;

  /** @param clock asked for when it is needed: the client that brings it may come later */
  constructor(fetchToken: FetchToken, clock: () => Clock) {
    this.#fetchToken = fetchToken;
    this.#clock = clock;
  }

  /** The token, or the renewed one. Rejects with the signal's reason as soon as it fires. */
  async token(signal?: AbortSignal): Promise<AccessToken> {
    signal?.throwIfAborted();
    if (this.#current && this.#clock().now() < this.#renewAtMs) return this.#current;
    this.#renewal ??= this.#renew();
    return await waitFor(this.#renewal, signal);
  }

  /** Box does not take this token. An old one changes nothing: its successor is here already. */
  refused(token: string): void {
    if (this.#current?.value === token) this.#renewAtMs = Number.NEGATIVE_INFINITY;
  }

  /** The token, good or not; undefined if there was none yet. */
  get held(): AccessToken | undefined {
    return this.#current;
  }

  /** Forgets the token. */
  clear(): void {
    this.#current = undefined;
  }

  #renew(): Renewal {
    const controller = new AbortController();
    const renewal: Renewal = {
      token: this.#fetched(controller.signal).finally(() => {
        if (this.#renewal === renewal) this.#renewal = undefined;
      }),
      controller,
      waiting: 0,
    };
    controller.signal.addEventListener('abort', () => {
      // Who comes now needs a renewal that is not being given up.
      if (this.#renewal === renewal) this.#renewal = undefined;
    });
    return renewal;
  }

  async #fetched(signal: AbortSignal): Promise<AccessToken> {
    const startedMs = this.#clock().now();
    const token = await this.#fetchToken({ signal, replaced: this.#current?.value });
    this.#current = token;
    this.#renewAtMs = renewAtMs(token, startedMs);
    return token;
  }
}

function renewAtMs({ expiresAtMs }: AccessToken, nowMs: number): number {
  if (expiresAtMs === undefined) return Number.POSITIVE_INFINITY;
  return expiresAtMs - Math.min(RENEW_BEFORE_MS, (expiresAtMs - nowMs) / 5);
}

function waitFor(renewal: Renewal, signal: AbortSignal | undefined): Promise<AccessToken> {
  renewal.waiting++;
  return new Promise((resolve, reject) => {
    const away = () => {
      renewal.waiting--;
      if (renewal.waiting === 0) renewal.controller.abort(signal?.reason);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', away, { once: true });
    renewal.token.then(resolve, reject).finally(() => signal?.removeEventListener('abort', away));
  });
}
