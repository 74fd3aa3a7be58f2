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
  /** Settles when no renewal is under way whose answer must not get lost; a client waits for it when it closes. */
  settled?(): Promise<void>;
  /**
   * A client that was given this authenticator lends it its way to Box, and takes it back when it is closed: by
   * calling what this returns.
   */
  attach?(endpoint: TokenEndpoint): () => void;
}

/** An authenticator that asks Box for its tokens by itself. */
export interface RenewingAuthenticator extends Authenticator {
  /**
   * Gets a new token now, however long the old one may have been good for: whoever calls meanwhile or later has the
   * new one. There is seldom a need: tokens are renewed before they expire, and when Box refuses one.
   * @throws {BoxAuthError} Box gives none
   */
  refresh(options?: { readonly signal?: AbortSignal | undefined }): Promise<AccessToken>;
  /**
   * Makes the tokens worthless at Box, and forgets them. What Box does not know any more is worthless already.
   * @throws {BoxAuthError} Box does not know the app: the tokens still work
   */
  revoke(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
}
