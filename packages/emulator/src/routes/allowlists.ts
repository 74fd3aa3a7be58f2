import type { FastifyInstance, FastifyRequest } from 'fastify';
import { accessOf } from '../access/access.ts';
import { administrator } from '../access/administration.ts';
import type { Box } from '../box.ts';
import { notFound } from '../box-error.ts';
import {
  asBody,
  type Body,
  bodyOf,
  invalid,
  missing,
  requireMembers,
} from '../http/request-body.ts';
import { pageById } from '../http/row-page.ts';
import { textOf } from '../http/text-of.ts';
import { parseId } from '../ids.ts';
import { orTaken } from '../or-taken.ts';
import type { View } from '../represent/view.ts';
import type { AllowlistKind, AllowlistRow } from '../store/allowlist.ts';
import { formatTime } from '../times.ts';
import { parameterOf, queryOf } from './item-routes.ts';

const paths: Record<AllowlistKind, string> = {
  entry: '/collaboration_whitelist_entries',
  exempt: '/collaboration_whitelist_exempt_targets',
};
const roles: Record<AllowlistKind, string> = {
  entry: 'collaboration_whitelist_entry',
  exempt: 'collaboration_whitelist_exempt_target',
};

/** https://developer.box.com/guides/security/domain-whitelist/ */
export function allowlistRoutes(app: FastifyInstance, box: Box): void {
  addAllowlist(app, box, 'entry');
  addAllowlist(app, box, 'exempt');
}

function addAllowlist(app: FastifyInstance, box: Box, kind: AllowlistKind): void {
  const { store } = box;
  const companyOf = (request: FastifyRequest) =>
    administrator(request, store, 'manage_enterprise_properties').enterprise_id;
  const answer = (row: AllowlistRow, request: FastifyRequest) =>
    represent(row, kind, accessOf(box, request).view);
  const found = (request: FastifyRequest) => {
    const id = parameterOf(request, 'entryId');
    const row = store.allowlist.get(companyOf(request), kind, parseId(id) ?? -1);
    if (!row) throw notFound(roles[kind], id);
    return row;
  };

  app.get(paths[kind], (request) => {
    const company = companyOf(request);
    return pageById(
      queryOf(request),
      (page) => store.allowlist.page(company, kind, page),
      (row) => answer(row, request),
    );
  });

  app.post(paths[kind], (request) => {
    const row = store.transaction(() => {
      const company = companyOf(request);
      const body = bodyOf(request);
      const blank = { enterprise_id: company, created_at: store.nowSeconds() };
      const target = kind === 'entry' ? domainFrom(body) : userFrom(box, body, company);
      return orTaken('conflict', () => store.allowlist.add({ ...blank, ...target }));
    });
    return answer(row, request);
  });

  app.get(`${paths[kind]}/:entryId`, (request) => answer(found(request), request));

  app.delete(`${paths[kind]}/:entryId`, (request, reply) => {
    store.allowlist.delete(found(request).id);
    return reply.code(204).send();
  });
}

type Target = Pick<AllowlistRow, 'domain' | 'direction' | 'user_id'>;

function domainFrom(body: Body): Target {
  requireMembers(body, 'domain', 'direction');
  const { domain, direction } = body;
  if (typeof domain !== 'string' || !/^[^\s@.]+(\.[^\s@.]+)+$/.test(domain)) {
    throw invalid('domain', domain, 'must be a domain');
  }
  if (direction !== 'inbound' && direction !== 'outbound' && direction !== 'both') {
    throw invalid('direction', direction, 'must be inbound, outbound or both');
  }
  return { domain, direction, user_id: null };
}

function userFrom({ store }: Box, body: Body, company: number): Target {
  const id = asBody(body.user)?.id;
  if (id === undefined) throw missing('user');
  const user = store.users.get(parseId(id) ?? -1);
  if (!user || user.enterprise_id !== company) throw notFound('user', `user_${textOf(id)}`);
  return { domain: null, direction: null, user_id: user.id };
}

function represent(row: AllowlistRow, kind: AllowlistKind, view: View) {
  const enterprise = view.store.users.enterprise(row.enterprise_id);
  const common = {
    type: roles[kind],
    id: String(row.id),
    enterprise: { type: 'enterprise', id: String(row.enterprise_id), name: enterprise?.name ?? '' },
    created_at: formatTime(row.created_at),
  };
  if (row.user_id === null) return { ...common, domain: row.domain, direction: row.direction };
  return { ...common, user: view.userMini(row.user_id), modified_at: common.created_at };
}
