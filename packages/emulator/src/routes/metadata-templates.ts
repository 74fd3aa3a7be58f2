import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { limitOf, numberMarkerOf, type Query, writeNumberMarker } from '../http/paging.ts';
import { bodyOf, missing } from '../http/request-body.ts';
import { changeTemplate } from '../metadata/change-template.ts';
import { findTemplate, requireAdmin, templateById } from '../metadata/find-template.ts';
import { ownScope } from '../metadata/scope.ts';
import { taxonomyFinder } from '../metadata/taxonomy.ts';
import {
  newTemplate,
  representTemplate,
  type Template,
  type TemplateNeeds,
} from '../metadata/template.ts';
import { orTaken } from '../or-taken.ts';
import { parameterOf, queryOf } from './item-routes.ts';

const schemaPath = '/metadata_templates/:scope/:templateKey/schema';

/** https://developer.box.com/reference/resources/metadata-template/ */
export function metadataTemplateRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;

  app.post('/metadata_templates/schema', (request, reply) => {
    const access = accessOf(box, request);
    requireAdmin(access);
    const template = store.transaction(() => {
      const made = newTemplate(bodyOf(request), ownScope(access) ?? '', needsOf(access));
      orTaken('tuple_already_exists', () => store.metadata.templates.insert(made));
      return made;
    });
    reply.code(201);
    return representTemplate(template);
  });

  app.get('/metadata_templates', (request) => {
    const access = accessOf(box, request);
    const uuid = queryOf(request).metadata_instance_id;
    if (typeof uuid !== 'string' || uuid === '') throw missing('metadata_instance_id');
    const instance = store.metadata.instances.byUuid(uuid);
    const template = instance && templateById(access, instance.templateId);
    if (!template) throw new BoxError('bad_request', { message: 'There is no such instance' });
    return { limit: 1, entries: [representTemplate(template)], next_marker: null };
  });

  app.get('/metadata_templates/global', (request) =>
    templatePage(accessOf(box, request), 'global', queryOf(request)),
  );

  app.get('/metadata_templates/enterprise', (request) => {
    const access = accessOf(box, request);
    return templatePage(access, ownScope(access) ?? '', queryOf(request));
  });

  app.get('/metadata_templates/:template', (request) => {
    const template = templateById(accessOf(box, request), parameterOf(request, 'template'));
    if (!template) throw new BoxError('bad_request', { message: 'There is no such template' });
    return representTemplate(template);
  });

  app.get(schemaPath, (request) => representTemplate(templateOf(accessOf(box, request), request)));

  app.put(schemaPath, (request) => {
    const access = accessOf(box, request);
    requireAdmin(access);
    return store.transaction(() => {
      const template = changeableTemplate(access, request);
      const changed = changeTemplate(template, request.body, needsOf(access));
      store.metadata.templates.update(changed.template);
      if (changed.migrations.length > 0) {
        for (const instance of store.metadata.instances.ofTemplate(template.id)) {
          const values = changed.migrations.reduce(
            (held, migrate) => migrate(held),
            instance.values,
          );
          store.metadata.instances.update(instance, values, instance.version);
        }
      }
      return representTemplate(changed.template);
    });
  });

  app.delete(schemaPath, (request, reply) => {
    const access = accessOf(box, request);
    requireAdmin(access);
    store.transaction(() =>
      store.metadata.templates.delete(changeableTemplate(access, request).id),
    );
    return reply.code(204).send();
  });
}

/** The template that a path names. @throws BoxError 404; 400 for a bad scope */
function templateOf(access: Access, request: FastifyRequest): Template {
  const scope = parameterOf(request, 'scope');
  const template = findTemplate(access, scope, parameterOf(request, 'templateKey'));
  if (!template) throw new BoxError('not_found');
  return template;
}

function changeableTemplate(access: Access, request: FastifyRequest): Template {
  const template = templateOf(access, request);
  if (template.scope === 'global') throw new BoxError('access_denied_insufficient_permissions');
  return template;
}

function templatePage(access: Access, scope: string, query: Query) {
  const limit = limitOf(query);
  const found = access.store.metadata.templates.after(scope, numberMarkerOf(query), limit + 1);
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  return {
    limit,
    entries: shown.map(({ template }) => representTemplate(template)),
    next_marker: last ? writeNumberMarker(last.number) : null,
    prev_marker: null,
  };
}

function needsOf(access: Access): TemplateNeeds {
  return { chance: access.store.chance, findTaxonomy: taxonomyFinder(access) };
}
