import type { FastifyRequest } from 'fastify';
import type { Caller, Restriction } from '../box.ts';
import { BoxError, ChallengeError } from '../box-error.ts';
import { parseId } from '../ids.ts';
import type { Store } from '../store/store.ts';
import { type AccessTokenRow, hashToken, type Tokens } from './tokens.ts';

/** The access token of a request: its `Authorization` header, or `?access_token=`. */
export function bearerToken(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization;
  if (header !== undefined) return /^bearer +(\S+)$/i.exec(header)?.[1];
  const { access_token: fromQuery } = request.query as Record<string, unknown>;
  return typeof fromQuery === 'string' ? fromQuery : undefined;
}

/**
 * Finds out who makes a request, `as-user` applied. Throws Box's 401 for a token that is missing or no longer
 * good, and 403 for an `as-user` that the token's user may not ask for.
 */
export function identify(request: FastifyRequest, store: Store, tokens: Tokens): Caller {
  const token = bearerToken(request);
  if (token === undefined) throw new ChallengeError('missing_token');
  const tokenHash = hashToken(token);
  const row = tokens.findAccess(tokenHash);
  if (row === undefined) throw new ChallengeError('invalid_token');
  const asUser = request.headers['as-user'];
  return {
    userId: asUser === undefined ? String(row.user_id) : String(impersonated(asUser, row, store)),
    enterpriseId: String(row.enterprise_id),
    clientId: row.client_id,
    tokenHash,
    scopes: row.scopes.split(' '),
    restrictedTo:
      row.restriction === null ? undefined : (JSON.parse(row.restriction) as Restriction),
  };
}

/**
 * An admin, a co-admin or a service account may act as a managed or an app user of its own enterprise.
 * https://developer.box.com/guides/authentication/jwt/as-user/
 */
function impersonated(asUser: string | string[], row: AccessTokenRow, store: Store): number {
  const self = store.users.get(row.user_id);
  const target = store.users.get(parseId(asUser) ?? -1);
  if (target !== undefined && target.id === self?.id) return target.id;
  const mayAct = self !== undefined && (self.role !== 'user' || self.kind === 'service');
  const mayBe =
    target !== undefined &&
    target.enterprise_id === self?.enterprise_id &&
    (target.kind === 'managed' || target.kind === 'app');
  if (!mayAct || !mayBe || row.restriction !== null) {
    throw new BoxError('access_denied_insufficient_permissions');
  }
  return target.id;
}
