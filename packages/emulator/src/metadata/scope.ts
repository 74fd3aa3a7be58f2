import type { Access } from '../access/access.ts';
import { invalid } from '../http/request-body.ts';

/** The scope of the caller's enterprise as it is stored; `undefined` for who has none. */
export function ownScope(access: Access): string | undefined {
  const enterpriseId = access.view.user(access.userId)?.enterprise_id ?? null;
  return enterpriseId === null ? undefined : `enterprise_${enterpriseId}`;
}

/**
 * A scope as it is stored, from one in a path or a body, where `enterprise` is short for one's own.
 *
 * @throws BoxError 400 for what is no scope
 */
export function storedScope(access: Access, scope: unknown): string {
  if (scope === 'global') return 'global';
  if (scope === 'enterprise') return ownScope(access) ?? 'enterprise_none';
  if (typeof scope === 'string' && /^enterprise_\d+$/.test(scope)) return scope;
  throw invalid('scope', scope, 'must be global, enterprise or enterprise_<id>');
}
