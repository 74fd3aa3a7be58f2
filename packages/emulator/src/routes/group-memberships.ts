import type { FastifyInstance, FastifyRequest } from 'fastify';
import { accessOf } from '../access/access.ts';
import { administrator, isAdministrator } from '../access/administration.ts';
import { type PeopleEvent, recordPeopleEvent } from '../actions/people-events.ts';
import type { Box } from '../box.ts';
import { BoxError, notFound } from '../box-error.ts';
import { asBody, type Body, bodyOf, invalid, missing } from '../http/request-body.ts';
import { countedPage } from '../http/row-page.ts';
import { textOf } from '../http/text-of.ts';
import { parseId } from '../ids.ts';
import { representListedMembership, representMembership } from '../represent/group.ts';
import { representUser } from '../represent/user.ts';
import type { MembershipRow } from '../store/groups.ts';
import { groupWith, visibleGroup } from './groups.ts';
import { parameterOf, queryOf } from './item-routes.ts';
import { visibleUser } from './users.ts';

/** https://developer.box.com/reference/resources/group-membership/ */
export function groupMembershipRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const answer = (row: MembershipRow, request: FastifyRequest) =>
    representMembership(row, queryOf(request).fields, accessOf(box, request).view);
  const listed = (row: MembershipRow, request: FastifyRequest) =>
    representListedMembership(row, queryOf(request).fields, accessOf(box, request).view);
  const record = (type: PeopleEvent, row: MembershipRow, request: FastifyRequest) => {
    const user = store.users.get(row.user_id);
    if (!user) return;
    recordPeopleEvent(store, request, {
      type,
      enterpriseId: user.enterprise_id,
      source: representUser(user, undefined, store),
      readerId: user.id,
    });
  };

  app.post('/group_memberships', (request, reply) => {
    const body = bodyOf(request);
    const row = store.transaction(() => {
      const { enterprise_id: company } = administrator(request, store, 'manage_groups');
      const userId = asBody(body.user)?.id;
      const groupId = asBody(body.group)?.id;
      if (userId === undefined) throw missing('user');
      if (groupId === undefined) throw missing('group');
      const group = groupWith(groupId, company, store);
      const user = store.users.get(parseId(userId) ?? -1);
      if (!user || user.enterprise_id !== company) throw notFound('user', `user_${textOf(userId)}`);
      if (store.groups.membershipOf(group.id, user.id)) throw new BoxError('conflict');
      const now = store.nowSeconds();
      const times = { created_at: now, modified_at: now };
      const made = store.groups.join({
        group_id: group.id,
        user_id: user.id,
        ...roleFrom(body, { role: 'member', permissions: null }),
        ...times,
      });
      record('GROUP_ADD_USER', made, request);
      return made;
    });
    reply.code(201);
    return answer(row, request);
  });

  app.get('/group_memberships/:membershipId', (request) => {
    const row = membershipOf(request);
    return answer(row, request);
  });

  app.put('/group_memberships/:membershipId', (request) => {
    const row = store.transaction(() => {
      administrator(request, store, 'manage_groups');
      const old = membershipOf(request);
      const changed = {
        ...old,
        ...roleFrom(bodyOf(request), old),
        modified_at: store.nowSeconds(),
      };
      store.groups.updateMembership(changed);
      return changed;
    });
    return answer(row, request);
  });

  app.delete('/group_memberships/:membershipId', (request, reply) => {
    store.transaction(() => {
      administrator(request, store, 'manage_groups');
      const row = membershipOf(request);
      record('GROUP_REMOVE_USER', row, request);
      store.groups.leave(row.id);
    });
    return reply.code(204).send();
  });

  app.get('/groups/:groupId/memberships', (request) => {
    const { id } = visibleGroup(request, store);
    return countedPage(queryOf(request), {
      count: () => store.groups.countMembers(id),
      rows: (page) => store.groups.members(id, page),
      represent: (row) => listed(row, request),
    });
  });

  app.get('/users/:userId/memberships', (request) => {
    const { id } = visibleUser(request, store);
    const caller = store.users.get(Number(request.caller.userId));
    if (id !== caller?.id && !(caller && isAdministrator(caller))) {
      throw new BoxError('access_denied_insufficient_permissions');
    }
    return countedPage(queryOf(request), {
      count: () => store.groups.countMembershipsOf(id),
      rows: (page) => store.groups.membershipsOf(id, page),
      represent: (row) => listed(row, request),
    });
  });

  /** A membership, for administrators of its group's enterprise and for the member. */
  function membershipOf(request: FastifyRequest): MembershipRow {
    const id = parameterOf(request, 'membershipId');
    const row = store.groups.membership(parseId(id) ?? -1);
    const caller = store.users.get(Number(request.caller.userId));
    const company = row && store.groups.get(row.group_id)?.enterprise_id;
    const isVisible =
      caller !== undefined &&
      (row?.user_id === caller.id || (isAdministrator(caller) && caller.enterprise_id === company));
    if (!row || !isVisible) throw notFound('group_membership', id);
    return row;
  }
}

/** What a group's administrator may do; all on unless said otherwise. */
const permissionNames = [
  'can_run_reports',
  'can_instant_login',
  'can_create_accounts',
  'can_edit_accounts',
] as const;

function roleFrom(
  body: Body,
  old: Pick<MembershipRow, 'role' | 'permissions'>,
): Pick<MembershipRow, 'role' | 'permissions'> {
  const role = body.role ?? old.role;
  if (role !== 'member' && role !== 'admin') throw invalid('role', role, 'must be member or admin');
  if (role === 'member') return { role, permissions: null };
  const asked = body.configurable_permissions;
  if (asked === null) return { role, permissions: null };
  if (asked === undefined && old.role === 'admin') return { role, permissions: old.permissions };
  const given = asBody(asked) ?? {};
  const all = permissionNames.map((name) => [name, given[name] !== false]);
  return { role, permissions: JSON.stringify(Object.fromEntries(all)) };
}
