import type { FastifyInstance, FastifyRequest } from 'fastify';
import { accessOf } from '../access/access.ts';
import { administrator, isAdministrator } from '../access/administration.ts';
import { type PeopleEvent, recordPeopleEvent } from '../actions/people-events.ts';
import type { Box } from '../box.ts';
import { BoxError, notFound } from '../box-error.ts';
import { type Body, bodyOf, invalid, missing } from '../http/request-body.ts';
import { countedPage } from '../http/row-page.ts';
import { textOf } from '../http/text-of.ts';
import { parseId } from '../ids.ts';
import { orTaken } from '../or-taken.ts';
import { representCollaboration } from '../represent/collaboration.ts';
import { representGroup } from '../represent/group.ts';
import type { GroupRow } from '../store/groups.ts';
import type { Store } from '../store/store.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** https://developer.box.com/reference/resources/group/ */
export function groupRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const record = (type: PeopleEvent, group: GroupRow, request: FastifyRequest) =>
    recordPeopleEvent(store, request, {
      type,
      enterpriseId: group.enterprise_id,
      source: representGroup(group, undefined),
    });

  app.get('/groups', (request) => {
    const { enterprise_id: company } = administrator(request, store, 'manage_groups');
    const query = queryOf(request);
    const prefix = typeof query.filter_term === 'string' ? query.filter_term : '';
    return countedPage(query, {
      count: () => store.groups.count(company, prefix),
      rows: (page) => store.groups.page(company, prefix, page),
      represent: (group) => representGroup(group, query.fields),
    });
  });

  app.post('/groups', (request, reply) => {
    const body = bodyOf(request);
    const group = store.transaction(() => {
      const { enterprise_id } = administrator(request, store, 'manage_groups');
      if (body.name === undefined) throw missing('name');
      const now = store.nowSeconds();
      const blank = { ...blankGroup, enterprise_id, created_at: now, modified_at: now };
      const made = orTaken('conflict', () => store.groups.insert({ ...blank, ...changesOf(body) }));
      record('GROUP_CREATION', made, request);
      return made;
    });
    reply.code(201);
    return representGroup(group, queryOf(request).fields);
  });

  app.get('/groups/:groupId', (request) =>
    representGroup(visibleGroup(request, store), queryOf(request).fields),
  );

  app.put('/groups/:groupId', (request) => {
    const group = store.transaction(() => {
      const changes = changesOf(bodyOf(request));
      const row = { ...managedGroup(request, store), ...changes, modified_at: store.nowSeconds() };
      orTaken('conflict', () => store.groups.update(row));
      record('GROUP_EDITED', row, request);
      return row;
    });
    return representGroup(group, queryOf(request).fields);
  });

  app.delete('/groups/:groupId', (request, reply) => {
    store.transaction(() => {
      const group = managedGroup(request, store);
      record('GROUP_DELETION', group, request);
      store.collaborations.deleteOfGroup(group.id);
      store.groups.delete(group.id);
    });
    return reply.code(204).send();
  });

  app.get('/groups/:groupId/collaborations', (request) => {
    const { view } = accessOf(box, request);
    const { id } = visibleGroup(request, store);
    const query = queryOf(request);
    return countedPage(query, {
      count: () => store.collaborations.countOfGroup(id),
      rows: (page) => store.collaborations.ofGroup(id, page),
      represent: (row) => representCollaboration(row, query.fields, view),
    });
  });
}

/** The group of a path, to be managed. @throws ChallengeError, BoxError when the caller may not */
function managedGroup(request: FastifyRequest, store: Store): GroupRow {
  const { enterprise_id: company } = administrator(request, store, 'manage_groups');
  return groupWith(parameterOf(request, 'groupId'), company, store);
}

/** The group of a path, for administrators and for its members. @throws BoxError 404 for others */
export function visibleGroup(request: FastifyRequest, store: Store): GroupRow {
  const user = store.users.get(Number(request.caller.userId));
  const group = groupWith(parameterOf(request, 'groupId'), user?.enterprise_id ?? null, store);
  const isVisible =
    user !== undefined &&
    (isAdministrator(user) ||
      group.member_viewability_level === 'all_managed_users' ||
      store.groups.membershipOf(group.id, user.id) !== undefined);
  if (!isVisible) throw new BoxError('access_denied_insufficient_permissions');
  return group;
}

/** @throws BoxError 404 when the enterprise has no such group */
export function groupWith(id: unknown, enterpriseId: number | null, store: Store): GroupRow {
  const group = store.groups.get(parseId(id) ?? -1);
  if (!group || group.enterprise_id !== enterpriseId) throw notFound('group', textOf(id));
  return group;
}

const blankGroup = {
  name: '',
  description: null,
  provenance: null,
  external_sync_identifier: null,
  invitability_level: 'admins_and_members',
  member_viewability_level: 'admins_only',
};

const levels: readonly unknown[] = ['admins_only', 'admins_and_members', 'all_managed_users'];
type GroupText = keyof typeof blankGroup;

function changesOf(body: Body): Partial<Pick<GroupRow, GroupText>> {
  const changes: Partial<Record<GroupText, string>> = {};
  for (const name of Object.keys(blankGroup) as GroupText[]) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string' || value === '') throw invalid(name, value, 'must be a text');
    if (name.endsWith('_level') && !levels.includes(value)) {
      throw invalid(name, value, `must be one of ${levels.join(', ')}`);
    }
    changes[name] = value;
  }
  return changes as Partial<Pick<GroupRow, GroupText>>;
}
