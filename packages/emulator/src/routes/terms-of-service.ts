import type { FastifyInstance, FastifyRequest } from 'fastify';
import { accessOf } from '../access/access.ts';
import { administrator, isAdministrator } from '../access/administration.ts';
import type { Box } from '../box.ts';
import { BoxError, notFound } from '../box-error.ts';
import { asBody, type Body, bodyOf, invalid, requireMembers } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import { parseId } from '../ids.ts';
import { orTaken } from '../or-taken.ts';
import type { View } from '../represent/view.ts';
import type { UserRow } from '../store/rows.ts';
import type { TermsAnswerRow, TermsRow } from '../store/terms.ts';
import { formatTime } from '../times.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** Terms of service, which nobody is kept from anything for. https://developer.box.com/reference/resources/terms-of-service/ */
export function termsOfServiceRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const caller = (request: FastifyRequest) => store.users.get(Number(request.caller.userId));
  const administer = (request: FastifyRequest) =>
    administrator(request, store, 'manage_enterprise_properties');

  app.get('/terms_of_services', (request) => {
    const { tos_type: kind } = queryOf(request);
    const entries = store.terms
      .of(caller(request)?.enterprise_id ?? -1)
      .filter((row) => kind === undefined || row.kind === kind)
      .map((row) => representTerms(row, accessOf(box, request).view));
    return { total_count: entries.length, entries };
  });

  app.post('/terms_of_services', (request) => {
    const row = store.transaction(() => {
      const { enterprise_id } = administer(request);
      const body = bodyOf(request);
      const kind = body.tos_type ?? 'managed';
      if (kind !== 'managed' && kind !== 'external') {
        throw invalid('tos_type', kind, 'must be managed or external');
      }
      const now = store.nowSeconds();
      const times = { created_at: now, modified_at: now };
      return orTaken('conflict', () =>
        store.terms.add({ enterprise_id, kind, ...textFrom(body), ...times }),
      );
    });
    return representTerms(row, accessOf(box, request).view);
  });

  app.get('/terms_of_services/:termsId', (request) =>
    representTerms(termsWith(request), accessOf(box, request).view),
  );

  app.put('/terms_of_services/:termsId', (request) => {
    const row = store.transaction(() => {
      administer(request);
      const times = { modified_at: store.nowSeconds() };
      const changed = { ...termsWith(request), ...textFrom(bodyOf(request)), ...times };
      store.terms.update(changed);
      return changed;
    });
    return representTerms(row, accessOf(box, request).view);
  });

  app.get('/terms_of_service_user_statuses', (request) => {
    const { tos_id: termsId, user_id: asked } = queryOf(request);
    requireMembers({ tos_id: termsId }, 'tos_id');
    const { id } = termsWith(request, termsId);
    const userId = asked ?? request.caller.userId;
    const entries = store.terms
      .answers(id)
      .filter((row) => String(row.user_id) === userId)
      .map((row) => representAnswer(row, accessOf(box, request).view));
    return { total_count: entries.length, entries };
  });

  app.post('/terms_of_service_user_statuses', (request, reply) => {
    const row = store.transaction(() => {
      const body = bodyOf(request);
      requireMembers(body, 'tos', 'is_accepted');
      const terms = termsWith(request, asBody(body.tos)?.id);
      const user = answerer(request, asBody(body.user)?.id ?? request.caller.userId);
      const now = store.nowSeconds();
      const times = { created_at: now, modified_at: now };
      const answer = { terms_id: terms.id, user_id: user.id, ...acceptance(body), ...times };
      return orTaken('conflict', () => store.terms.addAnswer(answer));
    });
    reply.code(201);
    return representAnswer(row, accessOf(box, request).view);
  });

  app.put('/terms_of_service_user_statuses/:statusId', (request) => {
    const row = store.transaction(() => {
      const id = parameterOf(request, 'statusId');
      const old = store.terms.answer(parseId(id) ?? -1);
      if (!old) throw notFound('terms_of_service_user_status', id);
      answerer(request, old.user_id);
      const times = { modified_at: store.nowSeconds() };
      const changed = { ...old, ...acceptance(bodyOf(request)), ...times };
      store.terms.updateAnswer(changed);
      return changed;
    });
    return representAnswer(row, accessOf(box, request).view);
  });

  /** Terms of the caller's enterprise; those of the path unless another id is given. */
  function termsWith(
    request: FastifyRequest,
    id: unknown = parameterOf(request, 'termsId'),
  ): TermsRow {
    const row = store.terms.get(parseId(id) ?? -1);
    if (!row || row.enterprise_id !== caller(request)?.enterprise_id) {
      throw notFound('terms_of_service', textOf(id));
    }
    return row;
  }

  /** Who answers: the caller, or whom an administrator answers for. */
  function answerer(request: FastifyRequest, id: unknown): UserRow {
    const user = store.users.get(parseId(id) ?? -1);
    const self = caller(request);
    if (!user || !self) throw notFound('user', `user_${textOf(id)}`);
    if (user.id !== self.id && !isAdministrator(self)) {
      throw new BoxError('access_denied_insufficient_permissions');
    }
    return user;
  }
}

function textFrom(body: Body): Pick<TermsRow, 'status' | 'text'> {
  requireMembers(body, 'status', 'text');
  const { status, text } = body;
  if (status !== 'enabled' && status !== 'disabled') {
    throw invalid('status', status, 'must be enabled or disabled');
  }
  if (typeof text !== 'string') throw invalid('text', text, 'must be a text');
  return { status, text };
}

function acceptance(body: Body): Pick<TermsAnswerRow, 'is_accepted'> {
  requireMembers(body, 'is_accepted');
  return { is_accepted: body.is_accepted === true ? 1 : 0 };
}

function representTerms(row: TermsRow, view: View) {
  const enterprise = view.store.users.enterprise(row.enterprise_id);
  return {
    type: 'terms_of_service',
    id: String(row.id),
    status: row.status,
    enterprise: { type: 'enterprise', id: String(row.enterprise_id), name: enterprise?.name ?? '' },
    tos_type: row.kind,
    text: row.text,
    created_at: formatTime(row.created_at),
    modified_at: formatTime(row.modified_at),
  };
}

function representAnswer(row: TermsAnswerRow, view: View) {
  return {
    type: 'terms_of_service_user_status',
    id: String(row.id),
    tos: { type: 'terms_of_service', id: String(row.terms_id) },
    user: view.userMini(row.user_id),
    is_accepted: row.is_accepted === 1,
    created_at: formatTime(row.created_at),
    modified_at: formatTime(row.modified_at),
  };
}
