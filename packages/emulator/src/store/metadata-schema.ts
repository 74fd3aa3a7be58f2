/**
 * The tables of metadata: templates (those of enterprises; the global ones are in
 * metadata/global-templates.ts), their instances on items, cascade policies and taxonomies.
 *
 * `metadata_values` holds the values of all instances once more, a row for each (for each member of
 * a list), so that queries and searches go by an index. Whoever deletes an item, its metadata goes
 * with it: triggers see to that.
 */
export const metadataSchema = `
CREATE TABLE metadata_templates (
  number INTEGER PRIMARY KEY,            -- the order in which they were made
  id TEXT NOT NULL UNIQUE,
  scope TEXT NOT NULL,                   -- enterprise_<id>
  template_key TEXT NOT NULL,
  version INTEGER NOT NULL,              -- how often it was changed
  body TEXT NOT NULL                     -- JSON of everything else
);
CREATE UNIQUE INDEX metadata_templates_by_key ON metadata_templates (scope, template_key);

CREATE TABLE metadata_instances (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  item_id INTEGER NOT NULL,
  template_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL                     -- JSON object of the values
);
CREATE UNIQUE INDEX metadata_instances_by_item ON metadata_instances (item_id, template_id);
CREATE INDEX metadata_instances_by_template ON metadata_instances (template_id, item_id);

CREATE TABLE metadata_values (
  instance_id INTEGER NOT NULL,
  template_id TEXT NOT NULL,
  field TEXT NOT NULL,
  value BLOB NOT NULL                    -- a text or a number, as it is
);
CREATE INDEX metadata_values_by_instance ON metadata_values (instance_id, field);
CREATE INDEX metadata_values_by_value ON metadata_values (template_id, field, value);

CREATE TABLE cascade_policies (
  id TEXT PRIMARY KEY,
  folder_id INTEGER NOT NULL,
  enterprise_id INTEGER NOT NULL,        -- whose policy it is
  template_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX cascade_policies_by_folder ON cascade_policies (folder_id, template_id);

CREATE TABLE taxonomies (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  namespace TEXT NOT NULL,
  taxonomy_key TEXT NOT NULL,
  display_name TEXT NOT NULL,
  levels TEXT NOT NULL                   -- a JSON array
);
CREATE UNIQUE INDEX taxonomies_by_key ON taxonomies (namespace, taxonomy_key);

CREATE TABLE taxonomy_nodes (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  taxonomy_id TEXT NOT NULL,
  parent_id TEXT,                        -- null: of the first level
  level INTEGER NOT NULL,
  display_name TEXT NOT NULL
);
CREATE INDEX taxonomy_nodes_by_taxonomy ON taxonomy_nodes (taxonomy_id, level, number);
CREATE INDEX taxonomy_nodes_by_parent ON taxonomy_nodes (parent_id);

CREATE TRIGGER metadata_of_deleted_item AFTER DELETE ON items BEGIN
  DELETE FROM metadata_instances WHERE item_id = old.id;
  DELETE FROM cascade_policies WHERE folder_id = old.id;
END;
CREATE TRIGGER values_of_deleted_instance AFTER DELETE ON metadata_instances BEGIN
  DELETE FROM metadata_values WHERE instance_id = old.id;
END;
CREATE TRIGGER metadata_of_deleted_template AFTER DELETE ON metadata_templates BEGIN
  DELETE FROM metadata_instances WHERE template_id = old.id;
  DELETE FROM cascade_policies WHERE template_id = old.id;
END;
`;

/** What a reset empties. */
export const metadataTables = [
  'metadata_templates',
  'metadata_instances',
  'metadata_values',
  'cascade_policies',
  'taxonomies',
  'taxonomy_nodes',
];
