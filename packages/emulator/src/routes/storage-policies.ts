import type { FastifyInstance, FastifyRequest } from 'fastify';
import { administrator } from '../access/administration.ts';
import type { Box } from '../box.ts';
import { BoxError, notFound } from '../box-error.ts';
import { asBody, type Body, bodyOf, invalid, requireMembers } from '../http/request-body.ts';
import { pageById } from '../http/row-page.ts';
import { textOf } from '../http/text-of.ts';
import { parseId } from '../ids.ts';
import { withFields } from '../represent/fields.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** Where an enterprise may keep its contents; here they are all in one place. */
const policies = [
  { id: 11, name: 'AWS Frankfurt / AWS Dublin with in region Uploads/Downloads/Previews' },
  { id: 12, name: 'AWS Montreal / AWS Toronto' },
];
const usualPolicyId = 11;

/** https://developer.box.com/reference/resources/storage-policy/ */
export function storagePolicyRoutes(app: FastifyInstance, { store }: Box): void {
  const companyOf = (request: FastifyRequest) =>
    administrator(request, store, 'manage_enterprise_properties').enterprise_id;
  const represent = ({ id, name }: (typeof policies)[number], request: FastifyRequest) =>
    withFields({ type: 'storage_policy', id: String(id), name }, queryOf(request).fields);

  app.get('/storage_policies', (request) => {
    companyOf(request);
    return pageById(
      queryOf(request),
      ({ afterId, limit }) => policies.filter(({ id }) => id > afterId).slice(0, limit),
      (policy) => represent(policy, request),
    );
  });

  app.get('/storage_policies/:policyId', (request) => {
    companyOf(request);
    return represent(policyWith(parameterOf(request, 'policyId')), request);
  });

  app.get('/storage_policy_assignments', (request) => {
    const { resolved_for_type: type, resolved_for_id: id } = queryOf(request);
    requireMembers(queryOf(request), 'resolved_for_type', 'resolved_for_id');
    const target = targetOf(type, id, companyOf(request));
    return { entries: [assignmentOf(target, companyOf(request))], limit: 100, next_marker: null };
  });

  app.post('/storage_policy_assignments', (request) => {
    const company = companyOf(request);
    const body = bodyOf(request);
    requireMembers(body, 'storage_policy', 'assigned_to');
    const { type, id } = asBody(body.assigned_to) ?? {};
    const target = targetOf(type, id, company);
    store.transaction(() => {
      if (store.storageAssignments.get(target) !== undefined) throw new BoxError('conflict');
      store.storageAssignments.put(target, policyFrom(body));
    });
    return assignmentOf(target, company);
  });

  app.get('/storage_policy_assignments/:assignment', (request) =>
    assignmentOf(targetIn(request), companyOf(request)),
  );

  app.put('/storage_policy_assignments/:assignment', (request) => {
    const target = targetIn(request);
    const body = bodyOf(request);
    requireMembers(body, 'storage_policy');
    store.storageAssignments.put(target, policyFrom(body));
    return assignmentOf(target, companyOf(request));
  });

  app.delete('/storage_policy_assignments/:assignment', (request, reply) => {
    store.storageAssignments.delete(targetIn(request));
    return reply.code(204).send();
  });

  /** The target whose assignment the path names. @throws BoxError 404 when there is none */
  function targetIn(request: FastifyRequest): string {
    const id = parameterOf(request, 'assignment');
    // Ids that name their target openly are older than those that we give.
    const isPlain = /^(user|enterprise)_\d+$/.test(id);
    const target = isPlain ? id : Buffer.from(id, 'base64').toString();
    const [type, of] = target.split('_');
    const isThere =
      target === `enterprise_${companyOf(request)}` ||
      store.storageAssignments.get(target) !== undefined;
    if (!isThere) throw notFound('storage_policy_assignment', id);
    return targetOf(type, of, companyOf(request));
  }

  function targetOf(type: unknown, id: unknown, company: number): string {
    if (type !== 'user' && type !== 'enterprise') {
      throw invalid('type', type, 'must be user or enterprise');
    }
    const known = parseId(id) ?? -1;
    const isOurs =
      type === 'enterprise' ? known === company : store.users.get(known)?.enterprise_id === company;
    if (!isOurs) throw notFound(type, textOf(id));
    return `${type}_${known}`;
  }

  /** The assignment that holds for a target: its own, or the enterprise's. */
  function assignmentOf(target: string, company: number) {
    const own = store.storageAssignments.get(target);
    const holding = own === undefined ? `enterprise_${company}` : target;
    const [type, id] = holding.split('_');
    const policyId = store.storageAssignments.get(holding) ?? usualPolicyId;
    return {
      type: 'storage_policy_assignment',
      id: Buffer.from(holding).toString('base64url'),
      storage_policy: { type: 'storage_policy', id: String(policyId) },
      assigned_to: { type, id },
    };
  }
}

function policyWith(id: unknown) {
  const policy = policies.find((one) => one.id === parseId(id));
  if (!policy) throw notFound('storage_policy', textOf(id));
  return policy;
}

function policyFrom(body: Body): number {
  return policyWith(asBody(body.storage_policy)?.id).id;
}
