import { metadataValue } from '../metadata/represent-fields.ts';
import { type ItemRow, type ItemType, typeOf } from '../store/rows.ts';
import { itemValues, type Value } from './values.ts';
import type { View } from './view.ts';

/**
 * Items as Box writes them: base < mini < standard < full. An answer about one item is standard,
 * an entry of a list is mini, and `?fields=` gives base plus what it names. Members come in the
 * order in which Box writes them.
 * https://developer.box.com/guides/api-calls/request-extra-fields/
 */

/** What to write of an item: one of Box's variants, or the members that `?fields=` names. */
export type Shape = 'mini' | 'standard' | { fields: string };

/** `?fields=` of a request when it is given, else the variant that the call gives by itself. */
export function shapeOf(fields: unknown, usual: 'mini' | 'standard'): Shape {
  return typeof fields === 'string' && fields !== '' ? { fields } : usual;
}

/** How the items in a folder are written that is written so: mini, with the fields that are named. */
export function miniWith(shape: Shape): Shape {
  if (typeof shape === 'string') return 'mini';
  return { fields: `sequence_id,name,file_version,sha1,url,${shape.fields}` };
}

type Level = 'base' | 'mini' | 'standard' | 'full';
type Member = readonly [name: string, level: Level];

const members = (level: Level, ...names: string[]): Member[] => names.map((name) => [name, level]);

/** Every member of each type of item, in Box's order. */
const tables: Record<ItemType, readonly Member[]> = {
  file: [
    ...members('base', 'type', 'id'),
    ...members('mini', 'file_version', 'sequence_id'),
    ...members('base', 'etag'),
    ...members('mini', 'sha1', 'name'),
    ...members('standard', 'description', 'size', 'path_collection', 'created_at', 'modified_at'),
    ...members('standard', 'trashed_at', 'purged_at', 'content_created_at', 'content_modified_at'),
    ...members('standard', 'created_by', 'modified_by', 'owned_by', 'shared_link', 'parent'),
    ...members('standard', 'item_status'),
    ...members('full', 'version_number', 'comment_count', 'permissions', 'tags', 'lock'),
    ...members('full', 'extension', 'is_package', 'expiring_embed_link', 'watermark_info'),
    ...members('full', 'expires_at'),
    ...members('full', 'is_accessible_via_shared_link', 'allowed_invitee_roles'),
    ...members('full', 'is_externally_owned', 'has_collaborations', 'classification'),
    ...members('full', 'uploader_display_name', 'disposition_at', 'is_associated_with_app_item'),
    ...members('full', 'shared_link_permission_options', 'representations', 'collections'),
    ...members('full', 'allowed_shared_link_access_levels'),
    ...members('full', 'allowed_shared_link_access_levels_disabled_reasons'),
    ...members('full', 'shared_link_features'),
    ...members('full', 'authenticated_download_url', 'is_download_available'),
  ],
  folder: [
    ...members('base', 'type', 'id'),
    ...members('mini', 'sequence_id'),
    ...members('base', 'etag'),
    ...members('mini', 'name'),
    ...members('standard', 'created_at', 'modified_at', 'description', 'size', 'path_collection'),
    ...members('standard', 'created_by', 'modified_by', 'trashed_at', 'purged_at'),
    ...members('standard', 'content_created_at', 'content_modified_at', 'owned_by', 'shared_link'),
    ...members('standard', 'folder_upload_email', 'parent', 'item_status', 'item_collection'),
    ...members('full', 'sync_state', 'has_collaborations', 'permissions', 'tags'),
    ...members('full', 'can_non_owners_invite', 'is_externally_owned', 'watermark_info'),
    ...members('full', 'is_collaboration_restricted_to_enterprise', 'allowed_invitee_roles'),
    ...members('full', 'allowed_shared_link_access_levels', 'is_accessible_via_shared_link'),
    ...members('full', 'can_non_owners_view_collaborators', 'classification', 'collections'),
    ...members('full', 'is_associated_with_app_item', 'shared_link_features'),
    ...members('full', 'allowed_shared_link_access_levels_disabled_reasons'),
  ],
  web_link: [
    ...members('base', 'type', 'id'),
    ...members('mini', 'sequence_id'),
    ...members('base', 'etag'),
    ...members('mini', 'name', 'url'),
    ...members('standard', 'created_by', 'created_at', 'modified_at', 'parent', 'description'),
    ...members('standard', 'item_status', 'trashed_at', 'purged_at', 'shared_link'),
    ...members('standard', 'path_collection', 'modified_by', 'owned_by'),
    ...members('full', 'permissions', 'tags', 'collections'),
  ],
};

type Column = readonly [name: string, value: Value];

const columnsOf = (type: ItemType, isWanted: (name: string, level: Level) => boolean): Column[] =>
  tables[type].flatMap(([name, level]): Column[] => {
    const value = itemValues[name];
    return value && isWanted(name, level) ? [[name, value]] : [];
  });

const variants = (levels: readonly Level[]): Record<ItemType, Column[]> => ({
  folder: columnsOf('folder', (_name, level) => levels.includes(level)),
  file: columnsOf('file', (_name, level) => levels.includes(level)),
  web_link: columnsOf('web_link', (_name, level) => levels.includes(level)),
});

const mini = variants(['base', 'mini']);
const standard = variants(['base', 'mini', 'standard']);

/** Clients ask for the same few sets of fields again and again. */
const byFields = new Map<string, Record<ItemType, Column[]>>();
const rememberedFieldSets = 500;

function columnsFor(fields: string): Record<ItemType, Column[]> {
  let columns = byFields.get(fields);
  if (columns) return columns;
  const names = new Set(fields.split(',').map((name) => name.trim()));
  const isWanted = (name: string, level: Level) => level === 'base' || names.has(name);
  const metadata = metadataValue(names);
  const metadataColumn: Column[] = metadata ? [['metadata', metadata]] : [];
  columns = {
    folder: [...columnsOf('folder', isWanted), ...metadataColumn],
    file: [...columnsOf('file', isWanted), ...metadataColumn],
    web_link: columnsOf('web_link', isWanted),
  };
  if (byFields.size >= rememberedFieldSets) byFields.clear();
  byFields.set(fields, columns);
  return columns;
}

/** Writes an item in the shape that is asked for. */
export function representItem(item: ItemRow, shape: Shape, view: View): Record<string, unknown> {
  const byType =
    shape === 'mini' ? mini : shape === 'standard' ? standard : columnsFor(shape.fields);
  const result: Record<string, unknown> = {};
  for (const [name, value] of byType[typeOf(item.kind)]) result[name] = value(item, view);
  return result;
}
