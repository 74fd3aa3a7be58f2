import type { FastifyInstance, FastifyRequest } from 'fastify';
import { accessOf } from '../access/access.ts';
import { type Administrator, administrator, requireScope } from '../access/administration.ts';
import { changeUser, createUser, transferContents } from '../actions/manage-users.ts';
import { type PeopleEvent, recordPeopleEvent } from '../actions/people-events.ts';
import { purgeAllOf } from '../actions/trash.ts';
import { endSessions } from '../auth/end-sessions.ts';
import type { Box } from '../box.ts';
import { BoxError, ChallengeError, notFound } from '../box-error.ts';
import { flagOf, type Query } from '../http/paging.ts';
import { asBody, bodyOf, invalid, missing, requireMembers } from '../http/request-body.ts';
import { countedPage, pageById } from '../http/row-page.ts';
import { textOf } from '../http/text-of.ts';
import { parseId } from '../ids.ts';
import { representUser } from '../represent/user.ts';
import type { UserRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { UserFilter } from '../store/user-directory.ts';
import { answerWith, parameterOf, queryOf } from './item-routes.ts';

/** https://developer.box.com/reference/resources/user/ */
export function userRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const answer = (user: UserRow, request: FastifyRequest) =>
    representUser(user, queryOf(request).fields, store);
  const record = (type: PeopleEvent, user: UserRow, request: FastifyRequest) =>
    recordPeopleEvent(store, request, {
      type,
      enterpriseId: user.enterprise_id,
      source: representUser(user, undefined, store),
    });

  app.get('/users/me', (request) => {
    const user = store.users.get(Number(request.caller.userId));
    if (!user) throw new ChallengeError('invalid_token');
    return answer(user, request);
  });

  app.get('/users/:userId', (request) => answer(visibleUser(request, store), request));

  app.get('/users', (request) => {
    const admin = administrator(request, store, 'manage_managed_users', 'manage_app_users');
    const query = queryOf(request);
    const filter = filterFrom(query, admin);
    const represent = (user: UserRow) => answer(user, request);
    if (flagOf(query.usemarker)) {
      return pageById(query, (page) => store.directory.page(filter, page), represent);
    }
    return countedPage(query, {
      count: () => store.directory.count(filter),
      rows: (page) => store.directory.page(filter, page),
      represent,
    });
  });

  app.post('/users', (request, reply) => {
    const body = bodyOf(request);
    const isApp = body.is_platform_access_only === true;
    const admin = administrator(
      request,
      store,
      isApp ? 'manage_app_users' : 'manage_managed_users',
    );
    const user = store.transaction(() => {
      const made = createUser(store, admin.enterprise_id, body);
      record('NEW_USER', made, request);
      return made;
    });
    reply.code(201);
    return answer(user, request);
  });

  app.put('/users/:userId', (request) => {
    const user = store.transaction(() => {
      const old = managedUser(request, store);
      const changed = changeUser(store, old, bodyOf(request));
      record('EDIT_USER', { ...changed, enterprise_id: old.enterprise_id }, request);
      return changed;
    });
    return answer(user, request);
  });

  app.delete('/users/:userId', (request, reply) => {
    const access = accessOf(box, request);
    purgeAllOf(access, () => {
      const user = managedUser(request, store);
      if (user.role === 'admin' || user.kind === 'service' || user.id === access.userId) {
        throw new BoxError('access_denied_insufficient_permissions');
      }
      if (!flagOf(queryOf(request).force) && store.ownership.ownsAnything(user.id)) {
        throw new BoxError('bad_request', { message: 'The user owns content: transfer it first' });
      }
      record('DELETE_USER', user, request);
      endSessions(store, [user.id]);
      store.directory.delete(user.id);
      return user.id;
    });
    return reply.code(204).send();
  });

  app.put('/users/:userId/folders/0', (request) => {
    const from = managedUser(request, store);
    const body = bodyOf(request);
    requireMembers(body, 'owned_by');
    const id = asBody(body.owned_by)?.id;
    if (id === undefined) throw missing('owned_by');
    const to = store.users.get(parseId(id) ?? -1);
    if (!to || to.enterprise_id !== from.enterprise_id) throw notFound('owned_by', textOf(id));
    if (to.id === from.id) throw invalid('owned_by', id, 'must be another user');
    request.caller = { ...request.caller, userId: String(to.id) };
    const access = accessOf(box, request);
    const folder = store.transaction(() => transferContents(access, from, to));
    return answerWith(access, folder, request);
  });
}

function filterFrom(query: Query, admin: Administrator): UserFilter {
  const type = query.user_type ?? 'managed';
  if (type !== 'all' && type !== 'managed' && type !== 'external') {
    throw invalid('user_type', type, 'must be all, managed or external');
  }
  const externalId = query.external_app_user_id;
  return {
    enterpriseId: admin.enterprise_id,
    type,
    term: typeof query.filter_term === 'string' ? query.filter_term : '',
    externalAppUserId: typeof externalId === 'string' ? externalId : undefined,
  };
}

/** The user of a path, if the caller may know of them: people see themselves and their colleagues. */
export function visibleUser(request: FastifyRequest, store: Store): UserRow {
  const id = parameterOf(request, 'userId');
  const user = store.users.get(parseId(id) ?? -1);
  const viewer = store.users.get(Number(request.caller.userId));
  const isVisible =
    user?.id === viewer?.id ||
    (user?.enterprise_id !== null && user?.enterprise_id === viewer?.enterprise_id);
  if (!user || !isVisible) throw notFound('user', `user_${id}`);
  return user;
}

/**
 * The user of a path, to be managed by the caller.
 *
 * @throws ChallengeError, BoxError when the caller manages nobody, or not this user
 */
export function managedUser(request: FastifyRequest, store: Store): UserRow {
  const admin = administrator(request, store, 'manage_managed_users', 'manage_app_users');
  const id = parameterOf(request, 'userId');
  const user = store.users.get(parseId(id) ?? -1);
  if (!user || user.enterprise_id !== admin.enterprise_id) throw notFound('user', `user_${id}`);
  requireScope(request, user.kind === 'app' ? 'manage_app_users' : 'manage_managed_users');
  return user;
}
