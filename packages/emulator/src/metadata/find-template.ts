import type { Access } from '../access/access.ts';
import { BoxError } from '../box-error.ts';
import { ownScope, storedScope } from './scope.ts';
import type { Template } from './template.ts';

/**
 * A template that the caller may use: a global one, or one of the own enterprise.
 *
 * @returns `undefined` when there is none
 * @throws BoxError 400 for what is no scope
 */
export function findTemplate(access: Access, scope: unknown, key: string): Template | undefined {
  const stored = storedScope(access, scope);
  return isVisible(access, stored) ? access.store.metadata.templates.byKey(stored, key) : undefined;
}

/** A template by its id, if the caller may use it. */
export function templateById(access: Access, id: string): Template | undefined {
  const template = access.store.metadata.templates.byId(id);
  return template && isVisible(access, template.scope) ? template : undefined;
}

/** @throws BoxError 403 unless the caller administers an enterprise */
export function requireAdmin(access: Access): void {
  access.require('change');
  const user = access.view.user(access.userId);
  const isAdmin = user?.role === 'admin' || user?.role === 'coadmin' || user?.kind === 'service';
  if (!isAdmin) throw new BoxError('access_denied_insufficient_permissions');
}

function isVisible(access: Access, scope: string): boolean {
  return scope === 'global' || scope === ownScope(access);
}
