import type { FastifyRequest } from 'fastify';
import { BoxError, ChallengeError } from '../box-error.ts';
import type { UserRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** A scope that lets an app manage an enterprise. */
export type ManagingScope =
  | 'manage_managed_users'
  | 'manage_app_users'
  | 'manage_groups'
  | 'manage_enterprise_properties';

/** Someone who manages an enterprise. */
export type Administrator = UserRow & { enterprise_id: number };

/**
 * The administrator who makes a request.
 *
 * @throws ChallengeError when the token has none of `scopes`
 * @throws BoxError 403 when its user is no admin, co-admin or service account
 */
export function administrator(
  request: FastifyRequest,
  store: Store,
  ...scopes: ManagingScope[]
): Administrator {
  requireScope(request, ...scopes);
  const user = store.users.get(Number(request.caller.userId));
  if (user && isAdministrator(user)) return user;
  throw new BoxError('access_denied_insufficient_permissions');
}

/** @throws ChallengeError when the token has none of `scopes` */
export function requireScope(request: FastifyRequest, ...scopes: ManagingScope[]): void {
  if (!scopes.some((scope) => request.caller.scopes.includes(scope))) {
    throw new ChallengeError('insufficient_scope');
  }
}

export function isAdministrator(user: UserRow): user is Administrator {
  return user.enterprise_id !== null && (user.role !== 'user' || user.kind === 'service');
}
