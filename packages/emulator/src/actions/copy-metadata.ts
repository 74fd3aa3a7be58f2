import type { Access } from '../access/access.ts';
import type { ItemRow } from '../store/rows.ts';

/** Gives a copy the metadata of its original, of those templates that say so. */
export function copyMetadata(access: Access, source: ItemRow, copy: ItemRow): void {
  const { templates, instances } = access.store.metadata;
  for (const { templateId, values } of instances.ofItem(source.id)) {
    if (templates.byId(templateId)?.copyInstanceOnItemCopy !== true) continue;
    // The folder may have given it one of its own.
    if (!instances.get(copy.id, templateId)) instances.insert(copy.id, templateId, values);
  }
}
