import { BoxhaulError } from '../errors.ts';
import { type ConnectionOptions, resolveConnection } from '../options.ts';
import { openConnection } from '../transport.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

/** How an authenticator reaches Box. */
export interface EndpointOptions {
  /** A connection of its own. @default that of a client which is given this authenticator */
  readonly connection?: ConnectionOptions;
}

/** The token endpoint of an authenticator: its own, or one that an open client lends. */
export class EndpointSource {
  readonly #options: ConnectionOptions | undefined;
  readonly #lent = new Set<TokenEndpoint>();
  #own: TokenEndpoint | undefined;

  constructor({ connection }: EndpointOptions) {
    this.#options = connection;
  }

  /** A client lends its endpoint. @returns what takes it back */
  attach(endpoint: TokenEndpoint): () => void {
    this.#lent.add(endpoint);
    return () => this.#lent.delete(endpoint);
  }

  /** @throws {BoxhaulError} there is neither a connection of its own nor an open client */
  get(): TokenEndpoint {
    if (this.#options) {
      this.#own ??= openConnection(resolveConnection(this.#options)).tokens;
      return this.#own;
    }
    const [endpoint] = this.#lent;
    if (endpoint) return endpoint;
    throw new BoxhaulError(
      'this authenticator has no way to Box: give it to a BoxClient first, or set its `connection`',
      { code: 'not_attached', recovery: 'stop' },
    );
  }
}
