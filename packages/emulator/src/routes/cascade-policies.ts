import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import { applyPolicy } from '../actions/cascade.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { limitOf, numberMarkerOf, writeNumberMarker } from '../http/paging.ts';
import { bodyOf, folderIdOf, invalid, missing, requireMembers } from '../http/request-body.ts';
import { numberOf, textOf } from '../http/text-of.ts';
import { findTemplate } from '../metadata/find-template.ts';
import { orTaken } from '../or-taken.ts';
import type { CascadePolicy } from '../store/cascade-policies.ts';
import type { ItemRow } from '../store/rows.ts';
import { parameterOf, queryOf } from './item-routes.ts';

const path = '/metadata_cascade_policies';

/** https://developer.box.com/reference/resources/metadata-cascade-policy/ */
export function cascadePolicyRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const { cascadePolicies, templates } = store.metadata;

  const represent = ({ id, enterpriseId, folderId, templateId }: CascadePolicy) => {
    const template = templates.byId(templateId);
    return {
      id,
      type: 'metadata_cascade_policy',
      owner_enterprise: { type: 'enterprise', id: String(enterpriseId) },
      parent: { type: 'folder', id: String(folderId) },
      scope: template?.scope,
      templateKey: template?.templateKey,
    };
  };

  app.post(path, (request, reply) => {
    const access = accessOf(box, request);
    access.require('change');
    const body = bodyOf(request);
    requireMembers(body, 'folder_id', 'scope', 'templateKey');
    const policy = store.transaction(() => {
      const folder = access.changeable('folder', folderIdOf('folder_id', body.folder_id));
      const template = findTemplate(access, body.scope, textOf(body.templateKey));
      if (!template) throw new BoxError('instance_tuple_not_found');
      const made = {
        id: store.chance.uuid(),
        folderId: folder.id,
        enterpriseId: access.view.user(access.userId)?.enterprise_id ?? 0,
        templateId: template.id,
      };
      orTaken('tuple_already_exists', () => store.metadata.cascadePolicies.insert(made));
      return made;
    });
    reply.code(201);
    return represent(policy);
  });

  app.get(path, (request) => {
    const access = accessOf(box, request);
    const query = queryOf(request);
    if (query.folder_id === undefined) throw missing('folder_id');
    const folder = access.active('folder', folderIdOf('folder_id', query.folder_id));
    const owner = query.owner_enterprise_id;
    const all = cascadePolicies
      .ofFolder(folder.id)
      .filter(({ enterpriseId }) => owner === undefined || String(enterpriseId) === owner);
    const from = numberMarkerOf(query) || numberOf(query.offset ?? 0) || 0;
    const limit = limitOf(query);
    const next = from + limit;
    return {
      limit,
      entries: all.slice(from, next).map(represent),
      next_marker: next < all.length ? writeNumberMarker(next) : null,
      prev_marker: null,
    };
  });

  app.get(`${path}/:policy`, (request) =>
    represent(policyOf(accessOf(box, request), request).policy),
  );

  app.delete(`${path}/:policy`, (request, reply) => {
    const access = accessOf(box, request);
    store.transaction(() => cascadePolicies.delete(changeablePolicy(access, request).policy.id));
    return reply.code(204).send();
  });

  app.post(`${path}/:policy/apply`, (request, reply) => {
    const access = accessOf(box, request);
    const resolution = bodyOf(request).conflict_resolution;
    if (resolution !== 'none' && resolution !== 'overwrite') {
      throw invalid('conflict_resolution', resolution, 'must be none or overwrite');
    }
    store.transaction(() => {
      const { policy, folder } = changeablePolicy(access, request);
      if (!applyPolicy(store, policy, folder, resolution)) throw new BoxError('instance_not_found');
    });
    return reply.code(202).send();
  });
}

interface PolicyOnFolder {
  policy: CascadePolicy;
  folder: ItemRow;
}

/** The policy that a path names, on a folder that the caller sees. @throws BoxError 404 */
function policyOf(access: Access, request: FastifyRequest): PolicyOnFolder {
  const policy = access.store.metadata.cascadePolicies.get(parameterOf(request, 'policy'));
  if (!policy) throw new BoxError('not_found');
  return { policy, folder: access.active('folder', policy.folderId) };
}

function changeablePolicy(access: Access, request: FastifyRequest): PolicyOnFolder {
  access.require('change');
  const { policy, folder } = policyOf(access, request);
  access.demand(folder, 'rename');
  return { policy, folder };
}
