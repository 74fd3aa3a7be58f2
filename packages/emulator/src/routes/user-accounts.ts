import type { FastifyInstance, FastifyRequest } from 'fastify';
import { administrator } from '../access/administration.ts';
import { endSessions } from '../auth/end-sessions.ts';
import type { Box } from '../box.ts';
import { BoxError, notFound } from '../box-error.ts';
import { type Body, bodyOf, invalid, missing, requireMembers } from '../http/request-body.ts';
import { parseId } from '../ids.ts';
import { orTaken } from '../or-taken.ts';
import type { EmailAliasRow } from '../store/user-directory.ts';
import { parameterOf } from './item-routes.ts';
import { managedUser } from './users.ts';

const sessionsEnding = {
  message: 'Request is successful, please check the admin events for the status of the job',
};

/** Addresses of users, and the end of their sessions. https://developer.box.com/reference/resources/email-alias/ */
export function userAccountRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;

  app.get('/users/:userId/email_aliases', (request) => {
    const entries = store.directory.aliases(managedUser(request, store).id).map(representAlias);
    return { total_count: entries.length, entries };
  });

  app.post('/users/:userId/email_aliases', (request, reply) => {
    const { email } = bodyOf(request);
    const alias = store.transaction(() => {
      const user = managedUser(request, store);
      if (email === undefined) throw missing('email');
      if (typeof email !== 'string' || !/^[^@\s]+@[^@\s]+$/.test(email)) {
        throw invalid('email', email, 'must be a mail address');
      }
      if (store.users.findByLogin(email)) throw new BoxError('user_login_already_used');
      return orTaken('user_login_already_used', () => store.directory.addAlias(user.id, email));
    });
    return reply.code(201).send(representAlias(alias));
  });

  app.delete('/users/:userId/email_aliases/:aliasId', (request, reply) => {
    const id = parameterOf(request, 'aliasId');
    const user = managedUser(request, store);
    if (!store.directory.deleteAlias(user.id, parseId(id) ?? -1)) throw notFound('email_alias', id);
    return reply.code(204).send();
  });

  app.post('/users/terminate_sessions', (request, reply) => {
    const { enterprise_id: company } = administrator(request, store, 'manage_managed_users');
    const body = bodyOf(request);
    requireMembers(body, 'user_ids', 'user_logins');
    const found = [
      ...textsOf(body, 'user_ids').map((id) => store.users.get(parseId(id) ?? -1)),
      ...textsOf(body, 'user_logins').map((login) => store.users.findByLogin(login)),
    ];
    const ids = found.flatMap((user) => (user?.enterprise_id === company ? [user.id] : []));
    if (ids.length < found.length) throw new BoxError('not_found');
    endSessions(store, ids);
    return reply.code(202).send(sessionsEnding);
  });

  app.post('/groups/terminate_sessions', (request, reply) => {
    endSessions(store, membersOfGroups(request));
    return reply.code(202).send(sessionsEnding);
  });

  function membersOfGroups(request: FastifyRequest): number[] {
    const { enterprise_id: company } = administrator(request, store, 'manage_groups');
    const body = bodyOf(request);
    requireMembers(body, 'group_ids');
    return textsOf(body, 'group_ids').flatMap((id) => {
      const group = store.groups.get(parseId(id) ?? -1);
      if (group?.enterprise_id !== company) throw notFound('group', id);
      const everyone = { limit: store.groups.countMembers(group.id) };
      return store.groups.members(group.id, everyone).map((member) => member.user_id);
    });
  }
}

function textsOf(body: Body, name: string): string[] {
  const list = body[name];
  if (!Array.isArray(list)) throw invalid(name, list, 'must be a list');
  return list.map(String);
}

function representAlias({ id, email }: EmailAliasRow) {
  return { type: 'email_alias', id: String(id), email, is_confirmed: true };
}
