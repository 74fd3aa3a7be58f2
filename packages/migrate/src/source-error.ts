import { InputError } from '@boxhaul/client';

/**
 * What a person must put right before a source can be read: an address, a password, a host's key, a row. It holds no
 * secret.
 */
export class SourceError extends InputError {
  /** More about the reason, a line each. */
  readonly details: readonly string[];
  /** What to do now, a line each. */
  readonly ways: readonly string[];

  constructor(
    message: string,
    options: { details?: readonly string[]; ways?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, {
      code: 'source',
      ...(options.cause !== undefined && { cause: options.cause }),
    });
    this.details = options.details ?? [];
    this.ways = options.ways ?? [];
  }
}
