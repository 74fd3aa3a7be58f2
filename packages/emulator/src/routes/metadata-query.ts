import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { numberMarkerOf, writeNumberMarker } from '../http/paging.ts';
import { asBody, type Body, bodyOf, folderIdOf, invalid, missing } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import { findTemplate } from '../metadata/find-template.ts';
import { conditionOf, sortTerm } from '../metadata/query-condition.ts';
import { invalidQuery, parseQuery } from '../metadata/query-language.ts';
import { classificationKey, listOf, type Template } from '../metadata/template.ts';
import { representItem } from '../represent/item.ts';
import { allOf, type Condition, condition } from '../store/condition.ts';
import { reachCondition } from '../store/reach.ts';
import type { ItemRow } from '../store/rows.ts';
import { reachOf } from './reach-of.ts';

const mostEntries = 100;

/** https://developer.box.com/reference/post-metadata-queries-execute-read/ */
export function metadataQueryRoutes(app: FastifyInstance, box: Box): void {
  app.post('/metadata_queries/execute_read', (request) => {
    const access = accessOf(box, request);
    const body = bodyOf(request);
    const template = templateOf(access, body.from);
    const limit = limitIn(body);
    const offset = numberMarkerOf(body);
    const rows = select(access, {
      where: allOf([
        condition('m.template_id = ?', template.id),
        queryCondition(body, template),
        placeCondition(access, body, request),
      ]),
      order: orderOf(body, template),
      limit: limit + 1,
      offset,
    });
    const fields = body.fields === undefined ? 'name' : listOf('fields', body.fields).join();
    const entries = rows.slice(0, limit).map((row) => representItem(row, { fields }, access.view));
    return {
      entries,
      limit,
      ...(limit > 0 && rows.length > limit
        ? { next_marker: writeNumberMarker(offset + limit) }
        : {}),
    };
  });
}

/** The template of `from`. @throws BoxError 400; 404 when there is none */
function templateOf(access: Access, from: unknown): Template {
  if (from === undefined) throw missing('from');
  const [scope = '', key = '', ...more] = textOf(from).split('.');
  if (!/^enterprise_\d+$/.test(scope) || key === '' || more.length > 0) {
    throw invalidQuery(`'${textOf(from)}' must be enterprise_<id>.<templateKey>`);
  }
  if (key === classificationKey) throw invalidQuery('Classifications cannot be queried');
  const template = findTemplate(access, scope, key);
  if (!template) throw new BoxError('instance_not_found');
  return template;
}

function queryCondition(body: Body, template: Template): Condition {
  if (body.query === undefined || body.query === '') return condition('1');
  if (typeof body.query !== 'string') throw invalid('query', body.query, 'must be a text');
  return conditionOf(parseQuery(body.query), template, asBody(body.query_params) ?? {});
}

function placeCondition(access: Access, body: Body, request: FastifyRequest): Condition {
  if (body.ancestor_folder_id === undefined) throw missing('ancestor_folder_id');
  const id = folderIdOf('ancestor_folder_id', body.ancestor_folder_id);
  const folder = access.active('folder', id);
  return reachCondition({
    ...reachOf(access, request),
    withinIds: [folder.id],
    trash: 'non_trashed_only',
  });
}

function orderOf(body: Body, template: Template): Condition {
  const terms = listOf('order_by', body.order_by ?? []).map((term) => asBody(term) ?? {});
  const directions = new Set(terms.map(({ direction = 'ASC' }) => textOf(direction).toUpperCase()));
  const [direction = 'ASC'] = directions;
  if (directions.size > 1 || (direction !== 'ASC' && direction !== 'DESC')) {
    throw invalidQuery('All directions of order_by must be the same, ASC or DESC');
  }
  const keys = terms.map(({ field_key: key }) => sortTerm(key, template));
  return {
    sql: [...keys.map(({ sql }) => `${sql} ${direction}`), `i.id ${direction}`].join(', '),
    values: keys.flatMap(({ values }) => values),
  };
}

function limitIn({ limit = mostEntries }: Body): number {
  const isNumber = typeof limit === 'number' && Number.isInteger(limit) && limit >= 0;
  if (!isNumber) throw new BoxError('invalid_limit');
  return Math.min(limit, mostEntries);
}

interface Selection {
  where: Condition;
  order: Condition;
  limit: number;
  offset: number;
}

function select(access: Access, { where, order, limit, offset }: Selection): ItemRow[] {
  const sql = `SELECT i.* FROM metadata_instances m JOIN items i ON i.id = m.item_id
    WHERE ${where.sql} ORDER BY ${order.sql} LIMIT ? OFFSET ?`;
  const values = [...where.values, ...order.values, limit, offset];
  return access.store.db.prepare(sql).all(...values) as unknown as ItemRow[];
}
