import { globalTemplates } from '../metadata/global-templates.ts';
import type { Template } from '../metadata/template.ts';
import type { Database } from './database.ts';

/** The templates of metadata: those of enterprises, and the global ones, which never change. */
export interface MetadataTemplates {
  byId(id: string): Template | undefined;
  /** @param scope `global` or `enterprise_<id>` */
  byKey(scope: string, key: string): Template | undefined;
  /** The templates of a scope as they were made, behind the one of that number. */
  after(scope: string, number: number, limit: number): NumberedTemplate[];
  /** Throws SQLite's unique violation when the key is there already. */
  insert(template: Template): void;
  update(template: Template): void;
  /** Takes its instances and cascade policies along. */
  delete(id: string): void;
}

/** A template with its place in lists. */
interface NumberedTemplate {
  number: number;
  template: Template;
}

interface Row {
  number: number;
  id: string;
  scope: string;
  template_key: string;
  version: number;
  body: string;
}

export function openMetadataTemplates(database: Database): MetadataTemplates {
  const byId = database.prepare<Row>('SELECT * FROM metadata_templates WHERE id = ?');
  const byKey = database.prepare<Row>(
    'SELECT * FROM metadata_templates WHERE scope = ? AND template_key = ?',
  );
  const after = database.prepare<Row>(
    'SELECT * FROM metadata_templates WHERE scope = ? AND number > ? ORDER BY number LIMIT ?',
  );
  const insert = database.prepare(
    'INSERT INTO metadata_templates (id, scope, template_key, version, body) VALUES (?, ?, ?, ?, ?)',
  );
  const update = database.prepare(
    'UPDATE metadata_templates SET version = ?, body = ? WHERE id = ?',
  );
  const remove = database.prepare('DELETE FROM metadata_templates WHERE id = ?');
  const global = globalTemplates.map((template, index) => ({ number: index + 1, template }));
  return {
    byId: (id) => globalTemplates.find((template) => template.id === id) ?? read(byId.get(id)),
    byKey: (scope, key) =>
      scope === 'global'
        ? globalTemplates.find((template) => template.templateKey === key)
        : read(byKey.get(scope, key)),
    after: (scope, number, limit) =>
      scope === 'global'
        ? global.slice(number, number + limit)
        : after
            .all(scope, number, limit)
            .map((row) => ({ number: row.number, template: toTemplate(row) })),
    insert: (template) => {
      insert.run(
        template.id,
        template.scope,
        template.templateKey,
        template.version,
        bodyOf(template),
      );
    },
    update: (template) => {
      update.run(template.version, bodyOf(template), template.id);
    },
    delete: (id) => {
      remove.run(id);
    },
  };
}

function bodyOf(template: Template): string {
  const { displayName, hidden, copyInstanceOnItemCopy, fields } = template;
  return JSON.stringify({ displayName, hidden, copyInstanceOnItemCopy, fields });
}

function read(row: Row | undefined): Template | undefined {
  return row && toTemplate(row);
}

function toTemplate({ id, scope, template_key: templateKey, version, body }: Row): Template {
  return { id, scope, templateKey, version, ...JSON.parse(body) };
}
