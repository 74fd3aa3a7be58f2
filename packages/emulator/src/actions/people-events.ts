import type { FastifyRequest } from 'fastify';
import type { Store } from '../store/store.ts';

/** What an administrator does to users and groups, in Box's words. */
export type PeopleEvent =
  | 'NEW_USER'
  | 'EDIT_USER'
  | 'DELETE_USER'
  | 'GROUP_CREATION'
  | 'GROUP_EDITED'
  | 'GROUP_DELETION'
  | 'GROUP_ADD_USER'
  | 'GROUP_REMOVE_USER';

/**
 * Records for the admin streams what was done to a user or a group. To be called in the
 * transaction of the change.
 *
 * @param source the user or group, as its own call shows it
 * @param readerId the user in whose own stream it is, too
 */
export function recordPeopleEvent(
  store: Store,
  request: FastifyRequest,
  event: { type: PeopleEvent; enterpriseId: number | null; source: unknown; readerId?: number },
): void {
  const { type, enterpriseId, source, readerId } = event;
  store.events.record({
    createdAt: store.nowSeconds(),
    actorId: Number(request.caller.userId),
    readers: readerId === undefined ? [] : [readerId],
    userType: readerId === undefined ? null : type,
    isChange: true,
    enterpriseId,
    adminType: type,
    itemId: null,
    source: JSON.stringify(source),
    ipAddress: request.ip,
  });
}
