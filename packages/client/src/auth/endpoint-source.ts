import { BoxhaulError } from '../errors.ts';
import { type ConnectionOptions, resolveConnection } from '../options.ts';
import { openConnection } from '../transport.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

/** How an authenticator reaches Box. */
export interface EndpointOptions {
  /** A connection of its own. @default that of the first client which is given this authenticator */
  readonly connection?: ConnectionOptions;
}

/** The token endpoint of an authenticator: from its own options, or lent by the first client that has it. */
export class EndpointSource {
  readonly #options: ConnectionOptions | undefined;
  #endpoint: TokenEndpoint | undefined;

  constructor({ connection }: EndpointOptions) {
    this.#options = connection;
  }

  /** A client lends its own; the first one counts. */
  attach(endpoint: TokenEndpoint): void {
    if (!this.#options) this.#endpoint ??= endpoint;
  }

  /** @throws {BoxhaulError} there is neither a connection of its own nor a client */
  get(): TokenEndpoint {
    if (!this.#endpoint && this.#options) {
      this.#endpoint = openConnection(resolveConnection(this.#options)).tokens;
    }
    if (this.#endpoint) return this.#endpoint;
    throw new BoxhaulError(
      'this authenticator has no way to Box: give it to a BoxClient first, or set its `connection`',
      { code: 'not_attached', recovery: 'stop' },
    );
  }
}
