import { parseId } from '../ids.ts';
import type { Store } from '../store/store.ts';
import type { App } from './apps.ts';
import { invalidGrant, OAuthError } from './oauth-error.ts';

/**
 * Whom a token is for that an app asks for by itself: its service account for its `enterprise`, or a `user` of it.
 *
 * @param by the grant, which decides how Box words its refusal
 * @returns the user's id
 */
export function requireSubject(
  store: Store,
  app: App,
  type: string | undefined,
  id: string | undefined,
  by: 'jwt' | 'client_credentials',
): number {
  const refusal = invalidGrant(
    by === 'jwt'
      ? "Please check the 'sub' claim. The 'sub' specified is invalid."
      : 'Grant credentials are invalid',
  );
  switch (type) {
    case 'enterprise':
      if (id !== String(app.enterpriseId)) throw refusal;
      return app.serviceId;
    case 'user': {
      const user = store.users.get(parseId(id) ?? -1);
      if (user === undefined || user.enterprise_id !== app.enterpriseId) throw refusal;
      return user.id;
    }
    default:
      throw new OAuthError(
        'unauthorized_client',
        'The "box_subject_type" value is unauthorized for this client_id',
      );
  }
}
