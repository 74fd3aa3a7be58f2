import type { Access } from '../access/access.ts';
import { representCollaboration } from '../represent/collaboration.ts';
import type { CollaborationRow } from '../store/collaborations.ts';
import { recordAttachedEvent } from './record-event.ts';

/** What can happen to a collaboration, with the types under which Box speaks of it. */
const kinds = {
  given: {
    user: 'COLLAB_ADD_COLLABORATOR',
    admin: 'COLLABORATION_INVITE',
    trigger: 'COLLABORATION.CREATED',
  },
  offered: {
    user: 'COLLAB_INVITE_COLLABORATOR',
    admin: 'COLLABORATION_INVITE',
    trigger: 'COLLABORATION.CREATED',
  },
  accepted: {
    user: 'COLLAB_ADD_COLLABORATOR',
    admin: 'COLLABORATION_ACCEPT',
    trigger: 'COLLABORATION.ACCEPTED',
  },
  rejected: { user: null, admin: null, trigger: 'COLLABORATION.REJECTED' },
  changed: {
    user: 'COLLAB_ROLE_CHANGE',
    admin: 'COLLABORATION_ROLE_CHANGE',
    trigger: 'COLLABORATION.UPDATED',
  },
  removed: {
    user: 'COLLAB_REMOVE_COLLABORATOR',
    admin: 'COLLABORATION_REMOVE',
    trigger: 'COLLABORATION.REMOVED',
  },
} as const;

/** Records what happened to a collaboration. To be called in the transaction of the change. */
export function recordCollaboration(
  access: Access,
  what: keyof typeof kinds,
  row: CollaborationRow,
): void {
  const item = access.store.items.get(row.item_id);
  if (!item) return;
  recordAttachedEvent(access, item, {
    ...kinds[what],
    isChange: true,
    source: representCollaboration(row, undefined, access.view),
    readers: row.user_id === null || row.status !== 'accepted' ? [] : [row.user_id],
  });
}

/** What a `PUT` did to a collaboration. */
export function recordChange(access: Access, was: CollaborationRow, now: CollaborationRow): void {
  if (now.status === 'accepted' && was.status !== 'accepted') {
    recordCollaboration(access, 'accepted', now);
  } else if (now.status === 'rejected' && was.status !== 'rejected') {
    recordCollaboration(access, 'rejected', now);
  } else {
    recordCollaboration(access, 'changed', now);
  }
}
