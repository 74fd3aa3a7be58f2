import type { FastifyRequest } from 'fastify';
import type { Access } from '../access/access.ts';
import type { Reach } from '../store/reach.ts';

/** What a request may find: the caller's own and what was given to them, as far as the token reaches. */
export function reachOf(
  access: Access,
  request: FastifyRequest,
): Pick<Reach, 'userId' | 'givenIds' | 'restrictedTo'> {
  const resource = request.caller.restrictedTo?.resource;
  return {
    userId: access.userId,
    givenIds: access.store.collaborations.grantsOf(access.userId).map((grant) => grant.item_id),
    restrictedTo: resource === undefined ? undefined : Number(resource.id),
  };
}
