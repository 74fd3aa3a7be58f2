import { BoxApiError, BoxAuthError } from '../errors.ts';
import { authErrorOf } from './auth-error.ts';
import { AccessToken, type RenewingAuthenticator } from './authenticator.ts';
import { type EndpointOptions, EndpointSource } from './endpoint-source.ts';
import { revokeAtBox } from './revoke.ts';
import { TokenCache } from './token-cache.ts';
import type { Grant, TokenEndpoint } from './token-endpoint.ts';
import type { OAuthTokens, TokenStore } from './token-store.ts';

/** An OAuth 2 app, and where its user's login is kept. */
export interface OAuthOptions extends EndpointOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly store: TokenStore;
  /** Called with each new pair of tokens once the store holds it. @default nothing */
  readonly onTokens?: (tokens: OAuthTokens) => void | Promise<void>;
}

/** What Box's page is asked with. */
export interface AuthorizationRequest {
  /** One of the app's; needed if it has several. A loopback address may have any port. */
  readonly redirectUri?: string;
  readonly state: string;
  readonly codeChallenge?: string;
  /** @default all that the app may have */
  readonly scopes?: readonly string[];
}

/** What a code is exchanged with. */
export interface CodeExchange {
  /** The same as in the authorization request. */
  readonly redirectUri?: string;
  readonly codeVerifier?: string;
  readonly signal?: AbortSignal;
}

/**
 * A user's login by OAuth 2.
 *
 * Box's refresh tokens work once, so that two who renew at once would end the login. A renewal therefore holds
 * the store's lock, and first reads the store again: most often another has renewed meanwhile.
 *
 * @see https://developer.box.com/guides/authentication/oauth2/
 */
export interface OAuth extends RenewingAuthenticator {
  /** The address to send the user to. */
  authorizationUrl(request: AuthorizationRequest): string;
  /**
   * Turns the code that the redirect brought (it works for 30 seconds, once) into a login, and stores it.
   * @throws {BoxAuthError} Box refused it
   */
  exchangeCode(code: string, exchange?: CodeExchange): Promise<void>;
  /**
   * Ends the login at Box and clears the store; the store is cleared even if Box knows of no such login.
   * @throws {BoxAuthError} Box does not know the app: the login still works, and is still stored
   */
  revoke(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>;
}

/** How long a renewal that nobody waits for any more may take to end. */
const FINISHING_MS = 10_000;

/**
 * A user's login. Give it to a BoxClient, or set its `connection` to use it before there is one.
 *
 * @see https://developer.box.com/guides/authentication/oauth2/
 * @example
 * ```ts
 * import { BoxClient, memoryStore, newPkce, newState, oauth } from '@boxhaul/client';
 *
 * const { clientID, clientSecret } = box.app; // yours are in Box's developer console
 * const login = oauth({
 *   clientId: clientID,
 *   clientSecret,
 *   store: memoryStore(), // fileStore('login.json') keeps it, for many processes
 *   onTokens: ({ expiresAtMs }) => console.log('good until', new Date(expiresAtMs)),
 * });
 * const user = new BoxClient({ auth: login, baseUrl: box.url });
 *
 * // Send the user to Box's page, and remember state and verifier until they come back.
 * const redirectUri = 'http://127.0.0.1:3000/callback';
 * const state = newState();
 * const { codeVerifier, codeChallenge } = newPkce();
 * const page = login.authorizationUrl({ redirectUri, state, codeChallenge });
 *
 * // What the browser does when the user agrees.
 * const body = new URLSearchParams({ decision: 'grant' });
 * const agreed = await fetch(page, { method: 'POST', body, redirect: 'manual' });
 * const back = new URL(agreed.headers.get('location') ?? '').searchParams;
 *
 * if (back.get('state') !== state) throw new Error('that is not the answer to our question');
 * await login.exchangeCode(back.get('code') ?? '', { redirectUri, codeVerifier });
 * console.log((await user.users.me()).login);
 *
 * await login.refresh(); // seldom needed: tokens are renewed before they expire
 * await login.revoke();
 * await user.close();
 * ```
 */
export function oauth(options: OAuthOptions): OAuth {
  return new OAuthLogin(options);
}

class OAuthLogin implements OAuth {
  readonly #options: OAuthOptions;
  readonly #source: EndpointSource;
  readonly #cache: TokenCache;
  /** Tokens that Box gave and the store did not take: the old ones are void, so these must not get lost. */
  #unsaved: OAuthTokens | undefined;
  /** The renewal that is under way; never rejects. */
  #renewing: Promise<unknown> = Promise.resolve();

  constructor(options: OAuthOptions) {
    this.#options = options;
    this.#source = new EndpointSource(options);
    this.#cache = new TokenCache(
      ({ signal, replaced }) => this.#current(signal, replaced),
      () => this.#endpoint.clock,
    );
  }

  get #endpoint(): TokenEndpoint {
    return this.#source.get();
  }

  attach(endpoint: TokenEndpoint): () => void {
    return this.#source.attach(endpoint);
  }

  async token({ signal }: { readonly signal?: AbortSignal | undefined } = {}) {
    return await this.#cache.token(signal);
  }

  refused(token: string): void {
    this.#cache.refused(token);
  }

  /** What is stored may be another's renewal, which this cache does not hold; it is replaced, too. */
  async refresh({ signal }: { readonly signal?: AbortSignal | undefined } = {}) {
    const old = await this.#options.store.read();
    this.#cache.clear();
    const token = await this.token({ signal });
    if (token.value !== old?.accessToken) return token;
    this.#cache.refused(token.value);
    return await this.token({ signal });
  }

  async settled(): Promise<void> {
    await this.#renewing;
  }

  authorizationUrl({ redirectUri, state, codeChallenge, scopes }: AuthorizationRequest): string {
    const url = new URL(this.#endpoint.authorizeUrl);
    url.searchParams.set('response_type', 'code');
    url.searchParams.set('client_id', this.#options.clientId);
    if (redirectUri) url.searchParams.set('redirect_uri', redirectUri);
    url.searchParams.set('state', state);
    if (scopes) url.searchParams.set('scope', scopes.join(' '));
    if (codeChallenge) {
      url.searchParams.set('code_challenge', codeChallenge);
      url.searchParams.set('code_challenge_method', 'S256');
    }
    return url.href;
  }

  async exchangeCode(
    code: string,
    { redirectUri, codeVerifier, signal }: CodeExchange = {},
  ): Promise<void> {
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: codeVerifier,
      ...this.#credentials(),
    };
    const tokens = await this.#grant(form, { signal, repeat: 'unsafe' }).catch((error: unknown) => {
      throw authErrorOf(
        error,
        'the code of the login',
        'log in again: a code works once, for 30 s',
      );
    });
    await this.#options.store.withLock(() => this.#save(tokens), signal);
    this.#cache.clear();
  }

  async revoke({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    await this.#options.store.withLock(async () => {
      const tokens = this.#unsaved ?? (await this.#options.store.read());
      if (tokens) await revokeAtBox(this.#endpoint, tokens.refreshToken, this.#options, signal);
      this.#unsaved = undefined;
      this.#cache.clear();
      await this.#options.store.clear();
    }, signal);
  }

  /** The stored token if it is still good, otherwise a new one. */
  async #current(signal: AbortSignal, replaced: string | undefined): Promise<AccessToken> {
    const stored = await this.#options.store.read();
    const tokens =
      stored && this.#isGood(stored, replaced) ? stored : await this.#renew(signal, replaced);
    return new AccessToken(tokens.accessToken, tokens.expiresAtMs);
  }

  /**
   * Waits for the lock as long as somebody waits for the token. A renewal that has begun is brought to its end
   * even if all of them go away: the old login is void by then, and the answer holds the only new one.
   */
  async #renew(signal: AbortSignal, replaced: string | undefined): Promise<OAuthTokens> {
    return await this.#options.store.withLock(() => {
      const renewal = this.#renewed(outlasting(signal, FINISHING_MS), replaced);
      // Whoever waits for the token hears of its failure.
      this.#renewing = renewal.catch(() => undefined);
      return renewal;
    }, signal);
  }

  /** Under the lock. */
  async #renewed(signal: AbortSignal, replaced: string | undefined): Promise<OAuthTokens> {
    if (this.#unsaved) return await this.#save(this.#unsaved);
    const stored = await this.#options.store.read();
    if (!stored) throw new BoxAuthError('nobody is logged in', { code: 'not_logged_in' });
    if (this.#isGood(stored, replaced)) return stored;
    return await this.#save(await this.#refreshed(stored, signal));
  }

  /**
   * Refreshes. Where the answer gets lost nobody can tell whether Box used up the token, so that the same one is
   * tried again. If Box takes it no more, the store is read once more before the login is given up: someone may
   * have logged in again without the lock.
   */
  async #refreshed(tokens: OAuthTokens, signal: AbortSignal): Promise<OAuthTokens> {
    const lost = { isAnswerLost: false };
    try {
      return await this.#refresh(tokens, signal, lost);
    } catch (error) {
      if (!isInvalidGrant(error)) throw authErrorOf(error, 'to renew the login');
      const stored = await this.#options.store.read();
      if (!stored || stored.refreshToken === tokens.refreshToken) {
        throw loginEnded(error, lost.isAnswerLost);
      }
      if (this.#isGood(stored, tokens.accessToken)) return stored;
      return await this.#refresh(stored, signal, lost).catch((again: unknown) => {
        throw isInvalidGrant(again)
          ? loginEnded(again, lost.isAnswerLost)
          : authErrorOf(again, 'to renew the login');
      });
    }
  }

  async #refresh(
    tokens: OAuthTokens,
    signal: AbortSignal,
    lost: { isAnswerLost: boolean },
  ): Promise<OAuthTokens> {
    const form = {
      grant_type: 'refresh_token',
      refresh_token: tokens.refreshToken,
      ...this.#credentials(),
    };
    // Asked after each answer that was lost.
    const lookup = async () => {
      lost.isAnswerLost = true;
      return undefined;
    };
    return await this.#grant(form, { signal, repeat: 'safe', lookup });
  }

  async #grant(...request: Parameters<TokenEndpoint['grant']>): Promise<OAuthTokens> {
    const { accessToken, refreshToken }: Grant = await this.#endpoint.grant(...request);
    const { value, expiresAtMs } = accessToken;
    if (refreshToken !== undefined && expiresAtMs !== undefined) {
      return { accessToken: value, refreshToken, expiresAtMs };
    }
    throw new BoxAuthError('Box gave no refresh token: is this an app for OAuth 2?');
  }

  /** The store holds the new tokens before anyone uses them: the old ones are void from now on. */
  async #save(tokens: OAuthTokens): Promise<OAuthTokens> {
    this.#unsaved = tokens;
    await this.#options.store.write(tokens);
    this.#unsaved = undefined;
    await this.#options.onTokens?.(tokens);
    return tokens;
  }

  /** Another than the one to be replaced is one that somebody else has renewed. */
  #isGood(tokens: OAuthTokens, replaced: string | undefined): boolean {
    return tokens.accessToken !== replaced && tokens.expiresAtMs > this.#endpoint.clock.now();
  }

  #credentials() {
    return { client_id: this.#options.clientId, client_secret: this.#options.clientSecret };
  }
}

/** A signal that fires so much later. */
function outlasting(signal: AbortSignal, ms: number): AbortSignal {
  const later = new AbortController();
  const giveUp = () => later.abort(signal.reason);
  signal.addEventListener('abort', () => setTimeout(giveUp, ms).unref(), { once: true });
  return later.signal;
}

function isInvalidGrant(error: unknown): error is BoxApiError {
  return error instanceof BoxApiError && error.boxCode === 'invalid_grant';
}

function loginEnded(error: BoxApiError, isAnswerLost: boolean): BoxAuthError {
  const why = isAnswerLost
    ? 'Box’s answer to an earlier renewal was lost on the way, and with it the new login'
    : 'it was ended, was not used for 60 days, or is used by another copy of this store';
  return new BoxAuthError(
    `Box does not renew the login any more ("${error.boxMessage}"): ${why}; log in again`,
    {
      code: 'login_ended',
      cause: error,
      boxError: error.boxCode,
      boxDescription: error.boxMessage,
    },
  );
}
