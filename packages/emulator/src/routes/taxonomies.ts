import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { limitOf, numberMarkerOf, writeNumberMarker } from '../http/paging.ts';
import { asBody, bodyOf, invalid, requireMembers } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import { requireAdmin } from '../metadata/find-template.ts';
import { representTaxonomy } from '../metadata/represent-taxonomy.ts';
import { ownScope, storedScope } from '../metadata/scope.ts';
import { camelCase, fieldKeyOf, listOf, nameOf } from '../metadata/template.ts';
import { orTaken } from '../or-taken.ts';
import type { Taxonomy, TaxonomyLevel } from '../store/taxonomies.ts';
import { parameterOf, queryOf } from './item-routes.ts';

const onePath = '/metadata_taxonomies/:namespace/:taxonomyKey';

/** Taxonomies and their levels. https://developer.box.com/reference/resources/metadata-taxonomy/ */
export function taxonomyRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const { taxonomies } = store.metadata;

  app.post('/metadata_taxonomies', (request, reply) => {
    const access = accessOf(box, request);
    requireAdmin(access);
    const body = bodyOf(request);
    requireMembers(body, 'displayName', 'namespace');
    const displayName = nameOf('displayName', body.displayName);
    const taxonomy = {
      id: store.chance.uuid(),
      namespace: ownNamespace(access, body.namespace),
      key: fieldKeyOf(body.key ?? camelCase(displayName)),
      displayName,
      levels: [],
    };
    store.transaction(() => orTaken('tuple_already_exists', () => taxonomies.insert(taxonomy)));
    reply.code(201);
    return representTaxonomy({ ...taxonomy, number: 0 });
  });

  app.get('/metadata_taxonomies/:namespace', (request) => {
    const access = accessOf(box, request);
    const query = queryOf(request);
    const namespace = storedScope(access, parameterOf(request, 'namespace'));
    const limit = limitOf(query);
    const found =
      namespace === ownScope(access)
        ? taxonomies.after(namespace, numberMarkerOf(query), limit + 1)
        : [];
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    return {
      limit,
      entries: shown.map(representTaxonomy),
      next_marker: last ? writeNumberMarker(last.number) : null,
      prev_marker: null,
    };
  });

  app.get(onePath, (request) => representTaxonomy(taxonomyOf(accessOf(box, request), request)));

  /** Changes the taxonomy that a path names. */
  const change = (request: FastifyRequest, how: (taxonomy: Taxonomy) => Taxonomy): Taxonomy => {
    const access = accessOf(box, request);
    requireAdmin(access);
    return store.transaction(() => {
      const changed = how(taxonomyOf(access, request));
      taxonomies.update(changed);
      return changed;
    });
  };

  app.patch(onePath, (request) => {
    const displayName = nameOf('displayName', bodyOf(request).displayName);
    return representTaxonomy(change(request, (taxonomy) => ({ ...taxonomy, displayName })));
  });

  app.delete(onePath, (request, reply) => {
    const access = accessOf(box, request);
    requireAdmin(access);
    store.transaction(() => taxonomies.delete(taxonomyOf(access, request).id));
    return reply.code(204).send();
  });

  app.post(`${onePath}/levels`, (request, reply) => {
    const asked = listOf('levels', request.body);
    const levels = asked.map((level, index) => levelOf(level, index + 1));
    const { levels: entries } = change(request, (taxonomy) => {
      if (taxonomy.levels.length > 0) throw new BoxError('bad_request', alreadyThere);
      return { ...taxonomy, levels };
    });
    reply.code(201);
    return { entries };
  });

  app.patch(`${onePath}/levels/:level`, (request) => {
    const number = Number(parameterOf(request, 'level'));
    const { levels } = change(request, (taxonomy) => {
      if (!taxonomy.levels[number - 1]) throw invalid('level_index', number, 'is no level');
      const renamed = levelOf(request.body, number);
      return { ...taxonomy, levels: taxonomy.levels.with(number - 1, renamed) };
    });
    return levels[number - 1];
  });

  app.post(`${onePath}/levels::append`, (request, reply) => {
    const { levels: entries } = change(request, (taxonomy) => {
      const added = levelOf(request.body, taxonomy.levels.length + 1);
      return { ...taxonomy, levels: [...taxonomy.levels, added] };
    });
    reply.code(201);
    return { entries };
  });

  app.post(`${onePath}/levels::trim`, (request) => {
    const { levels: entries } = change(request, (taxonomy) => {
      const isInUse = taxonomies.hasNodesAt(taxonomy.id, taxonomy.levels.length);
      if (taxonomy.levels.length === 0 || isInUse) throw new BoxError('bad_request', notTrimmed);
      return { ...taxonomy, levels: taxonomy.levels.slice(0, -1) };
    });
    return { entries };
  });
}

const alreadyThere = { message: 'The taxonomy has levels already' };
const notTrimmed = { message: 'The taxonomy has no last level without nodes' };

/** The taxonomy that a path names, of the own enterprise. @throws BoxError 404 */
export function taxonomyOf(access: Access, request: FastifyRequest): Taxonomy {
  const namespace = storedScope(access, parameterOf(request, 'namespace'));
  const key = parameterOf(request, 'taxonomyKey');
  const taxonomy =
    namespace === ownScope(access)
      ? access.store.metadata.taxonomies.byKey(namespace, key)
      : undefined;
  if (!taxonomy) throw new BoxError('not_found');
  return taxonomy;
}

function ownNamespace(access: Access, asked: unknown): string {
  const namespace = storedScope(access, asked);
  if (namespace !== ownScope(access)) throw new BoxError('access_denied_insufficient_permissions');
  return namespace;
}

function levelOf(value: unknown, level: number): TaxonomyLevel {
  const { displayName, description } = asBody(value) ?? {};
  return {
    displayName: nameOf('displayName', displayName),
    ...(description === undefined ? {} : { description: textOf(description) }),
    level,
  };
}
