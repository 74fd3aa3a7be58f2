import type { TokenEndpoint } from './token-endpoint.ts';

/** An access token. Its text is not shown by `util.inspect` or JSON. */
export class AccessToken {
  readonly #value: string;
  /** When it stops working, in milliseconds since 1970 on this machine's clock; absent if nobody knows. */
  readonly expiresAtMs: number | undefined;

  constructor(value: string, expiresAtMs?: number) {
    this.#value = value;
    this.expiresAtMs = expiresAtMs;
  }

  /** What goes behind `Bearer `. */
  get value(): string {
    return this.#value;
  }
}

/** Where access tokens come from. One authenticator may serve many clients. */
export interface Authenticator {
  /**
   * A token that is believed to work, renewed before it expires. Any number of callers share one renewal.
   * @throws {BoxAuthError} there is none to be had
   */
  token(options?: { readonly signal?: AbortSignal | undefined }): Promise<AccessToken>;
  /** Box answered 401 for this token: it is not handed out again. Nothing happens if it is an old one. */
  refused(token: string): void;
  /** Makes the tokens worthless at Box, and forgets them. */
  revoke?(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
  /** Settles when no renewal is under way whose answer must not get lost; a client waits for it when it closes. */
  settled?(): Promise<void>;
  /**
   * A client that was given this authenticator lends it its way to Box, and takes it back when it is closed: by
   * calling what this returns.
   */
  attach?(endpoint: TokenEndpoint): () => void;
}
