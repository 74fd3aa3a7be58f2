/** What Box's token endpoint answers. */
export interface TokenAnswer {
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in: number;
  /** For the code and refresh grants only. */
  readonly refresh_token?: string;
}

/** Box's `/oauth2/token` and its neighbours, as authenticators use them. */
export interface TokenEndpoint {
  readonly now: () => number;
}
