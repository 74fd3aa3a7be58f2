import type { Database } from './database.ts';

export interface InviteRow {
  id: number;
  enterprise_id: number;
  user_id: number;
  invited_by: number;
  created_at: number;
}

/** Users of elsewhere who were asked to join an enterprise. */
export interface Invites {
  /** Gives the row its id. */
  add(invite: Omit<InviteRow, 'id'>): InviteRow;
  get(id: number): InviteRow | undefined;
}

export function openInvites({ prepare }: Database, takeId: () => number): Invites {
  const insert = prepare('INSERT INTO invites VALUES (?, ?, ?, ?, ?)');
  const byId = prepare<InviteRow>('SELECT * FROM invites WHERE id = ?');
  return {
    add: (invite) => {
      const id = takeId();
      const { enterprise_id, user_id, invited_by, created_at } = invite;
      insert.run(id, enterprise_id, user_id, invited_by, created_at);
      return { id, ...invite };
    },
    get: (id) => byId.get(id),
  };
}
