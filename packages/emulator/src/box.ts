import type { FastifyRequest } from 'fastify';
import type { EmulatorClock } from './clock.ts';
import type { ResolvedEmulatorOptions } from './options.ts';
import type { Store } from './store/store.ts';

/** What every route module is handed: the state, the time, and how to name places in answers. */
export interface Box {
  store: Store;
  clock: EmulatorClock;
  options: ResolvedEmulatorOptions;
  /** The absolute bases to use in URLs of the answer to this request. */
  urlsFor(request: FastifyRequest): BaseUrls;
}

/**
 * Absolute bases without a trailing slash. They carry the host that the client used: this port's, or the one that
 * a TLS front forwards. Through the emulator's own proxy, where all of Box's names lead here, they carry those.
 */
export interface BaseUrls {
  /** `…/2.0` */
  api: string;
  /** `…/api/2.0` on the upload host */
  upload: string;
  /** The download host; contents are under `/d/1/<token>/download`. */
  download: string;
}

/** Who makes a request, once `as-user` is applied. */
export interface Caller {
  /** The user in whose name the request is made. */
  userId: string;
  /** The enterprise of the app that the token was made for. */
  enterpriseId: string;
  /** The app that the token was made for. */
  clientId: string;
  /** SHA-256 of the access token, hex. */
  tokenHash: string;
  /** The token's scopes, in Box's words. */
  scopes: readonly string[];
  /** What a downscoped token is limited to; `undefined` for any other token. */
  restrictedTo: Restriction | undefined;
}

/** A downscoped token's limits. https://developer.box.com/guides/authentication/tokens/downscope/ */
export interface Restriction {
  /** The one item, with everything below it, that the token reaches; `undefined`: all that the user sees. */
  resource: { type: 'file' | 'folder'; id: string } | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler of Box's API runs. */
    caller: Caller;
  }
}
