export { AccessToken, type Authenticator } from './auth/authenticator.ts';
export type { OAuthTokens, TokenStore } from './auth/token-store.ts';
export { type Clock, systemClock } from './clock.ts';
export {
  BoxApiError,
  BoxAuthError,
  type BoxConflict,
  BoxConnectionError,
  BoxhaulError,
  type ConnectionFailure,
  type ErrorDetails,
  InputError,
  isBoxError,
  type Recovery,
} from './errors.ts';
export type { BoxHosts, ClientOptions, ConnectionOptions, Timeouts } from './options.ts';
export type { CallCounts, ExchangeRecord } from './record.ts';
export type {
  AnswerStream,
  BoxHost,
  BoxRequest,
  BoxResponse,
  Lookup,
  QueryValue,
  Send,
} from './request.ts';
