import type { Database } from './database.ts';

/** A tree of words to choose from. */
export interface Taxonomy {
  number: number;
  id: string;
  /** `enterprise_<id>`. */
  namespace: string;
  key: string;
  displayName: string;
  levels: TaxonomyLevel[];
}

export interface TaxonomyLevel {
  displayName: string;
  description?: string;
  /** Counts from 1. */
  level: number;
}

export interface TaxonomyNode {
  number: number;
  id: string;
  taxonomyId: string;
  parentId: string | null;
  level: number;
  displayName: string;
}

/** Taxonomies with their levels and nodes. */
export interface Taxonomies {
  byId(id: string): Taxonomy | undefined;
  byKey(namespace: string, key: string): Taxonomy | undefined;
  after(namespace: string, number: number, limit: number): Taxonomy[];
  /** Throws SQLite's unique violation when the key is there already. */
  insert(taxonomy: Omit<Taxonomy, 'number'>): void;
  update(taxonomy: Taxonomy): void;
  /** Takes its nodes along. */
  delete(id: string): void;
  node(taxonomyId: string, id: string): TaxonomyNode | undefined;
  /** All nodes as they were made. */
  nodes(taxonomyId: string): TaxonomyNode[];
  insertNode(node: Omit<TaxonomyNode, 'number'>): void;
  renameNode(id: string, displayName: string): void;
  deleteNode(id: string): void;
  hasChildren(nodeId: string): boolean;
  hasNodesAt(taxonomyId: string, level: number): boolean;
}

interface Row {
  number: number;
  id: string;
  namespace: string;
  taxonomy_key: string;
  display_name: string;
  levels: string;
}

const nodeColumns =
  'number, id, taxonomy_id AS taxonomyId, parent_id AS parentId, level, display_name AS displayName';

export function openTaxonomies(database: Database): Taxonomies {
  const byId = database.prepare<Row>('SELECT * FROM taxonomies WHERE id = ?');
  const byKey = database.prepare<Row>(
    'SELECT * FROM taxonomies WHERE namespace = ? AND taxonomy_key = ?',
  );
  const after = database.prepare<Row>(
    'SELECT * FROM taxonomies WHERE namespace = ? AND number > ? ORDER BY number LIMIT ?',
  );
  const insert = database.prepare(
    'INSERT INTO taxonomies (id, namespace, taxonomy_key, display_name, levels) VALUES (?, ?, ?, ?, ?)',
  );
  const update = database.prepare(
    'UPDATE taxonomies SET display_name = ?, levels = ? WHERE id = ?',
  );
  const remove = database.prepare('DELETE FROM taxonomies WHERE id = ?');
  const removeNodes = database.prepare('DELETE FROM taxonomy_nodes WHERE taxonomy_id = ?');
  const node = database.prepare<TaxonomyNode>(
    `SELECT ${nodeColumns} FROM taxonomy_nodes WHERE taxonomy_id = ? AND id = ?`,
  );
  const nodes = database.prepare<TaxonomyNode>(
    `SELECT ${nodeColumns} FROM taxonomy_nodes WHERE taxonomy_id = ? ORDER BY number`,
  );
  const insertNode = database.prepare(
    'INSERT INTO taxonomy_nodes (id, taxonomy_id, parent_id, level, display_name) VALUES (?, ?, ?, ?, ?)',
  );
  const renameNode = database.prepare('UPDATE taxonomy_nodes SET display_name = ? WHERE id = ?');
  const deleteNode = database.prepare('DELETE FROM taxonomy_nodes WHERE id = ?');
  const child = database.prepare<{ id: string }>(
    'SELECT id FROM taxonomy_nodes WHERE parent_id = ? LIMIT 1',
  );
  const atLevel = database.prepare<{ id: string }>(
    'SELECT id FROM taxonomy_nodes WHERE taxonomy_id = ? AND level = ? LIMIT 1',
  );
  return {
    byId: (id) => read(byId.get(id)),
    byKey: (namespace, key) => read(byKey.get(namespace, key)),
    after: (namespace, number, limit) => after.all(namespace, number, limit).map(toTaxonomy),
    insert: ({ id, namespace, key, displayName, levels }) => {
      insert.run(id, namespace, key, displayName, JSON.stringify(levels));
    },
    update: ({ id, displayName, levels }) => {
      update.run(displayName, JSON.stringify(levels), id);
    },
    delete: (id) => {
      remove.run(id);
      removeNodes.run(id);
    },
    node: (taxonomyId, id) => node.get(taxonomyId, id),
    nodes: (taxonomyId) => nodes.all(taxonomyId),
    insertNode: ({ id, taxonomyId, parentId, level, displayName }) => {
      insertNode.run(id, taxonomyId, parentId, level, displayName);
    },
    renameNode: (id, displayName) => {
      renameNode.run(displayName, id);
    },
    deleteNode: (id) => {
      deleteNode.run(id);
    },
    hasChildren: (nodeId) => child.get(nodeId) !== undefined,
    hasNodesAt: (taxonomyId, level) => atLevel.get(taxonomyId, level) !== undefined,
  };
}

function read(row: Row | undefined): Taxonomy | undefined {
  return row && toTaxonomy(row);
}

function toTaxonomy(row: Row): Taxonomy {
  const { number, id, namespace, taxonomy_key: key, display_name: displayName, levels } = row;
  return { number, id, namespace, key, displayName, levels: JSON.parse(levels) };
}
