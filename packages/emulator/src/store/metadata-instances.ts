import type { Chance } from '../chance.ts';
import type { Database } from './database.ts';

/** What an instance holds: texts, numbers, lists of texts; the cards of skills are objects. */
export type Values = Readonly<Record<string, unknown>>;

/** A template applied to an item. */
export interface Instance {
  id: number;
  uuid: string;
  itemId: number;
  templateId: string;
  /** How often it was changed. */
  version: number;
  values: Values;
}

/** The metadata of items. */
export interface MetadataInstances {
  get(itemId: number, templateId: string): Instance | undefined;
  byUuid(uuid: string): Instance | undefined;
  /** In the order in which they were made. */
  ofItem(itemId: number): Instance[];
  ofTemplate(templateId: string): Instance[];
  /** Throws SQLite's unique violation when the item has one of this template. */
  insert(itemId: number, templateId: string, values: Values): Instance;
  /** Puts new values in place of the old; `version` is what is to be kept. */
  update(instance: Instance, values: Values, version: number): Instance;
  delete(id: number): void;
}

interface Row {
  id: number;
  uuid: string;
  item_id: number;
  template_id: string;
  version: number;
  body: string;
}

export function openMetadataInstances(database: Database, chance: Chance): MetadataInstances {
  const get = database.prepare<Row>(
    'SELECT * FROM metadata_instances WHERE item_id = ? AND template_id = ?',
  );
  const byUuid = database.prepare<Row>('SELECT * FROM metadata_instances WHERE uuid = ?');
  const ofItem = database.prepare<Row>(
    'SELECT * FROM metadata_instances WHERE item_id = ? ORDER BY id',
  );
  const ofTemplate = database.prepare<Row>(
    'SELECT * FROM metadata_instances WHERE template_id = ?',
  );
  const insert = database.prepare<Row>(
    `INSERT INTO metadata_instances (uuid, item_id, template_id, version, body)
     VALUES (?, ?, ?, 0, ?) RETURNING *`,
  );
  const update = database.prepare<Row>(
    'UPDATE metadata_instances SET body = ?, version = ? WHERE id = ? RETURNING *',
  );
  const remove = database.prepare('DELETE FROM metadata_instances WHERE id = ?');
  const clearValues = database.prepare('DELETE FROM metadata_values WHERE instance_id = ?');
  const insertValue = database.prepare('INSERT INTO metadata_values VALUES (?, ?, ?, ?)');
  const index = (row: Row | undefined): Instance => {
    if (!row) throw new Error('an instance of metadata is gone that was there');
    const instance = toInstance(row);
    for (const [field, held] of Object.entries(instance.values)) {
      for (const value of Array.isArray(held) ? held : [held]) {
        if (typeof value !== 'string' && typeof value !== 'number') continue;
        insertValue.run(instance.id, instance.templateId, field, value);
      }
    }
    return instance;
  };
  return {
    get: (itemId, templateId) => read(get.get(itemId, templateId)),
    byUuid: (uuid) => read(byUuid.get(uuid)),
    ofItem: (itemId) => ofItem.all(itemId).map(toInstance),
    ofTemplate: (templateId) => ofTemplate.all(templateId).map(toInstance),
    insert: (itemId, templateId, values) =>
      index(insert.get(chance.uuid(), itemId, templateId, JSON.stringify(values))),
    update: (instance, values, version) => {
      clearValues.run(instance.id);
      return index(update.get(JSON.stringify(values), version, instance.id));
    },
    delete: (id) => {
      remove.run(id);
    },
  };
}

function read(row: Row | undefined): Instance | undefined {
  return row && toInstance(row);
}

function toInstance(row: Row): Instance {
  const { id, uuid, item_id: itemId, template_id: templateId, version, body } = row;
  return { id, uuid, itemId, templateId, version, values: JSON.parse(body) };
}
