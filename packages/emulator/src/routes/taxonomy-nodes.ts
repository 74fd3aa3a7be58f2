import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { flagOf, limitOf, numberMarkerOf, type Query, writeNumberMarker } from '../http/paging.ts';
import { bodyOf, invalid, requireMembers } from '../http/request-body.ts';
import { numberOf, textOf } from '../http/text-of.ts';
import { findTemplate, requireAdmin } from '../metadata/find-template.ts';
import { ancestorsOf, representNode } from '../metadata/represent-taxonomy.ts';
import { type Field, nameOf } from '../metadata/template.ts';
import type { Taxonomies, Taxonomy, TaxonomyNode } from '../store/taxonomies.ts';
import { parameterOf, queryOf } from './item-routes.ts';
import { taxonomyOf } from './taxonomies.ts';

const path = '/metadata_taxonomies/:namespace/:taxonomyKey/nodes';

/** The nodes of taxonomies. https://developer.box.com/reference/resources/metadata-taxonomy-node/ */
export function taxonomyNodeRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const { taxonomies } = store.metadata;

  app.get(path, (request) => {
    const taxonomy = taxonomyOf(accessOf(box, request), request);
    return nodePage(taxonomies, taxonomies.nodes(taxonomy.id), queryOf(request));
  });

  app.post(path, (request, reply) => {
    const access = accessOf(box, request);
    requireAdmin(access);
    const body = bodyOf(request);
    requireMembers(body, 'displayName', 'level');
    const node = {
      id: box.store.chance.uuid(),
      displayName: nameOf('displayName', body.displayName),
      level: numberOf(body.level),
      parentId: body.parentId === undefined ? null : textOf(body.parentId),
    };
    const made = store.transaction(() => {
      const taxonomy = taxonomyOf(access, request);
      checkPlace(taxonomies, taxonomy, node);
      const whole = { ...node, taxonomyId: taxonomy.id };
      taxonomies.insertNode(whole);
      return representNode({ ...whole, number: 0 }, taxonomies);
    });
    reply.code(201);
    return made;
  });

  app.get(`${path}/:node`, (request) =>
    representNode(nodeOf(accessOf(box, request), request), taxonomies),
  );

  app.patch(`${path}/:node`, (request) => {
    const access = accessOf(box, request);
    requireAdmin(access);
    const asked = bodyOf(request).displayName;
    return store.transaction(() => {
      const node = nodeOf(access, request);
      const displayName = asked === undefined ? node.displayName : nameOf('displayName', asked);
      taxonomies.renameNode(node.id, displayName);
      return representNode({ ...node, displayName }, taxonomies);
    });
  });

  app.delete(`${path}/:node`, (request, reply) => {
    const access = accessOf(box, request);
    requireAdmin(access);
    store.transaction(() => {
      const node = nodeOf(access, request);
      if (taxonomies.hasChildren(node.id)) {
        throw new BoxError('bad_request', { message: 'The node has nodes below it' });
      }
      taxonomies.deleteNode(node.id);
    });
    return reply.code(204).send();
  });

  app.get('/metadata_templates/:namespace/:templateKey/fields/:fieldKey/options', (request) => {
    const field = taxonomyField(accessOf(box, request), request);
    const query = queryOf(request);
    const selectable = field.optionsRules?.selectableLevels;
    const onlySelectable = flagOf(query['only-selectable-options'] ?? 'true');
    const nodes = taxonomies
      .nodes(field.taxonomyId ?? '')
      .filter(
        ({ level }) => !onlySelectable || !Array.isArray(selectable) || selectable.includes(level),
      );
    return nodePage(taxonomies, nodes, query);
  });
}

function checkPlace(
  taxonomies: Taxonomies,
  taxonomy: Taxonomy,
  { level, parentId }: Pick<TaxonomyNode, 'level' | 'parentId'>,
): void {
  if (!taxonomy.levels[level - 1]) throw invalid('level', level, 'is no level of the taxonomy');
  const parent = parentId === null ? undefined : taxonomies.node(taxonomy.id, parentId);
  if ((parent?.level ?? 0) !== level - 1) {
    throw invalid('parentId', parentId, 'must be a node of the level above');
  }
}

function nodeOf(access: Access, request: FastifyRequest): TaxonomyNode {
  const taxonomy = taxonomyOf(access, request);
  const node = access.store.metadata.taxonomies.node(taxonomy.id, parameterOf(request, 'node'));
  if (!node) throw new BoxError('not_found');
  return node;
}

function taxonomyField(access: Access, request: FastifyRequest): Field {
  const namespace = parameterOf(request, 'namespace');
  const template = findTemplate(access, namespace, parameterOf(request, 'templateKey'));
  const key = parameterOf(request, 'fieldKey');
  const field = template?.fields.find((one) => one.key === key && one.type === 'taxonomy');
  if (!field)
    throw new BoxError('bad_request', { message: 'There is no such field of a taxonomy' });
  return field;
}

/** A page of nodes as the query wants them: of levels, below nodes, with a word in their name. */
function nodePage(taxonomies: Taxonomies, nodes: readonly TaxonomyNode[], query: Query) {
  const levels = listIn(query.level);
  const parents = listIn(query.parent);
  const ancestors = listIn(query.ancestor);
  const text = textOf(query.query ?? '').toLowerCase();
  const all = nodes.filter(
    (node) =>
      (levels.length === 0 || levels.includes(String(node.level))) &&
      (parents.length === 0 || parents.includes(String(node.parentId))) &&
      (ancestors.length === 0 ||
        ancestorsOf(node, taxonomies).some(({ id }) => ancestors.includes(id))) &&
      node.displayName.toLowerCase().includes(text),
  );
  const limit = limitOf(query);
  const after = numberMarkerOf(query);
  const rest = all.filter(({ number }) => number > after);
  const shown = rest.slice(0, limit);
  const last = rest.length > limit ? shown.at(-1) : undefined;
  return {
    limit,
    entries: shown.map((node) => representNode(node, taxonomies)),
    next_marker: last ? writeNumberMarker(last.number) : null,
    prev_marker: null,
    ...(flagOf(query['include-total-result-count']) ? { totalResultCount: all.length } : {}),
  };
}

/** A list in a query: repeated, or separated by commas. */
function listIn(value: unknown): string[] {
  return [value ?? []].flat().flatMap((one) => textOf(one).split(','));
}
