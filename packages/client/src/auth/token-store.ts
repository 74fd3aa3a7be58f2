/** What an OAuth login is made of. Plain data, for a store to write down. */
export interface OAuthTokens {
  readonly accessToken: string;
  /** Works once; Box gives a new one with each renewal. */
  readonly refreshToken: string;
  /** When the access token stops working, in milliseconds since 1970. */
  readonly expiresAtMs: number;
}

/** Where an OAuth login is kept. What `write` took is safe (on disk, for a file) when it settles. */
export interface TokenStore {
  read(): Promise<OAuthTokens | undefined>;
  write(tokens: OAuthTokens): Promise<void>;
  clear(): Promise<void>;
  /**
   * Runs `work` while nobody else who shares this store does: in this process, and for a file in any process of
   * this machine. Rejects with the signal's reason if it fires before its turn has come.
   */
  withLock<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}
