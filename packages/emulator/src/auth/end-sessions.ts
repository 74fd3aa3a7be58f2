import type { Store } from '../store/store.ts';

/**
 * Ends what users were given to call with: access and refresh tokens, and codes. Tokens that never
 * expire stay, as they do when time runs out.
 */
export function endSessions(store: Store, userIds: readonly number[]): void {
  const ids = JSON.stringify(userIds);
  const isTheirs = 'user_id IN (SELECT value FROM json_each(?))';
  store.transaction(() => {
    store.db
      .prepare(`DELETE FROM access_tokens WHERE expires_at IS NOT NULL AND ${isTheirs}`)
      .run(ids);
    store.db.prepare(`DELETE FROM refresh_tokens WHERE ${isTheirs}`).run(ids);
    store.db.prepare(`DELETE FROM authorization_codes WHERE ${isTheirs}`).run(ids);
  });
}
