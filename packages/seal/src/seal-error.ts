/**
 * - `not-sealed`: the bytes are neither age's nor zstd's, as their name says they are
 * - `no-identity`: none of the identities opens it
 * - `damaged`: something in it is not what was sealed
 * - `truncated`: its end is missing
 */
export type SealErrorCode = 'not-sealed' | 'no-identity' | 'damaged' | 'truncated';

/** Sealed bytes cannot be opened; what came out of them until then must not be used. */
export class SealError extends Error {
  override readonly name = 'SealError';
  readonly code: SealErrorCode;
  /** The same bytes will not open another time. */
  readonly recovery = 'skip';

  constructor(code: SealErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
