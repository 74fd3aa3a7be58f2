import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import { recordAttachedEvent } from '../actions/record-event.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { bodyOf } from '../http/request-body.ts';
import { findTemplate, templateById } from '../metadata/find-template.ts';
import { patched } from '../metadata/patch.ts';
import { representInstance } from '../metadata/represent-instance.ts';
import type { Template } from '../metadata/template.ts';
import { checkedValues } from '../metadata/values.ts';
import { orTaken } from '../or-taken.ts';
import type { Instance } from '../store/metadata-instances.ts';
import type { ItemRow } from '../store/rows.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** Box lists at most so many instances of an item. */
const mostListed = 100;

/** https://developer.box.com/reference/resources/metadata/ */
export function metadataInstanceRoutes(app: FastifyInstance, box: Box): void {
  addRoutes(app, box, 'file');
  addRoutes(app, box, 'folder');
}

function addRoutes(app: FastifyInstance, box: Box, type: 'file' | 'folder'): void {
  const { store } = box;
  const { instances, taxonomies } = store.metadata;
  const path = `/${type}s/:itemId/metadata`;
  const onePath = `${path}/:scope/:templateKey`;
  const itemOf = (access: Access, request: FastifyRequest) =>
    access.readable(type, parameterOf(request, 'itemId'));
  const changeableItem = (access: Access, request: FastifyRequest) => {
    access.require('metadata');
    return access.changeable(type, parameterOf(request, 'itemId'), 'upload');
  };

  app.get(path, (request) => {
    const access = accessOf(box, request);
    const item = itemOf(access, request);
    const entries = instances.ofItem(item.id).flatMap((instance) => {
      const template = templateById(access, instance.templateId);
      return template ? [answer(access, item, template, instance, request)] : [];
    });
    return { entries: entries.slice(0, mostListed), limit: mostListed };
  });

  app.get(onePath, (request) => {
    const access = accessOf(box, request);
    const item = itemOf(access, request);
    const { template, instance } = instanceOf(access, item, request);
    return answer(access, item, template, instance, request);
  });

  app.post(onePath, (request, reply) => {
    const access = accessOf(box, request);
    const body = bodyOf(request);
    reply.code(201);
    return store.transaction(() => {
      const item = changeableItem(access, request);
      const template = templateOf(access, request);
      const values = checkedValues(template, body, taxonomies);
      const instance = orTaken('tuple_already_exists', () =>
        instances.insert(item.id, template.id, values),
      );
      const made = answer(access, item, template, instance, request);
      tell(access, item, 'CREATE', made);
      return made;
    });
  });

  app.put(onePath, (request) => {
    const access = accessOf(box, request);
    requirePatch(request);
    return store.transaction(() => {
      const item = changeableItem(access, request);
      const { template, instance } = instanceOf(access, item, request);
      const values = checkedValues(template, patched(instance.values, request.body), taxonomies);
      const changed = instances.update(instance, values, instance.version + 1);
      const shown = answer(access, item, template, changed, request);
      tell(access, item, 'UPDATE', shown);
      return shown;
    });
  });

  app.delete(onePath, (request, reply) => {
    const access = accessOf(box, request);
    store.transaction(() => {
      const item = changeableItem(access, request);
      const { template, instance } = instanceOf(access, item, request);
      tell(access, item, 'DELETE', answer(access, item, template, instance, request));
      instances.delete(instance.id);
    });
    return reply.code(204).send();
  });
}

/** Records what happened to an instance, in the transaction of that. */
function tell(
  access: Access,
  item: ItemRow,
  what: 'CREATE' | 'UPDATE' | 'DELETE',
  source: unknown,
): void {
  recordAttachedEvent(access, item, {
    admin: `METADATA_INSTANCE_${what}`,
    trigger: `METADATA_INSTANCE.${what}D`,
    source,
  });
}

/** Box takes nothing else for a patch. */
function requirePatch(request: FastifyRequest): void {
  const type = String(request.headers['content-type']).split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json-patch+json') throw new BoxError('unsupported_media_type');
}

/** The template that a path names. @throws BoxError 404 `instance_tuple_not_found` */
function templateOf(access: Access, request: FastifyRequest): Template {
  const scope = parameterOf(request, 'scope');
  const template = findTemplate(access, scope, parameterOf(request, 'templateKey'));
  if (!template) throw new BoxError('instance_tuple_not_found');
  return template;
}

/** The instance that a path names. @throws BoxError 404 `instance_not_found` */
function instanceOf(access: Access, item: ItemRow, request: FastifyRequest) {
  const scope = parameterOf(request, 'scope');
  const template = findTemplate(access, scope, parameterOf(request, 'templateKey'));
  const instance = template && access.store.metadata.instances.get(item.id, template.id);
  if (!instance) throw new BoxError('instance_not_found');
  return { template, instance };
}

function answer(
  access: Access,
  item: ItemRow,
  template: Template,
  instance: Instance,
  request: FastifyRequest,
) {
  return representInstance(instance, template, item, {
    store: access.store,
    canEdit: access.view.allows(item, 'upload'),
    isHydrated: queryOf(request).view === 'hydrated',
  });
}
