import type { Instance } from '../store/metadata-instances.ts';
import { type ItemRow, kinds } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { propertiesKey } from './global-templates.ts';
import { hydrated } from './hydrate.ts';
import type { Template } from './template.ts';

/** An instance as `fields=metadata.…` shows it. */
export function representBase(instance: Instance, template: Template, item: ItemRow) {
  return {
    $parent: `${item.kind === kinds.folder ? 'folder' : 'file'}_${item.id}`,
    $template: template.templateKey,
    $scope: template.scope,
    $version: instance.version,
  };
}

/** What else a whole instance tells. */
export interface InstanceOptions {
  store: Store;
  /** Whether the caller may change it. */
  canEdit: boolean;
  /** Whether values of taxonomies are shown with their names. */
  isHydrated: boolean;
}

/** A whole instance. */
export function representInstance(
  instance: Instance,
  template: Template,
  item: ItemRow,
  { store, canEdit, isHydrated }: InstanceOptions,
): Record<string, unknown> {
  const { uuid } = instance;
  const isFree = template.scope === 'global' && template.templateKey === propertiesKey;
  return {
    $id: uuid,
    $type: isFree ? propertiesKey : `${template.templateKey}-${template.id}`,
    ...representBase(instance, template, item),
    $typeVersion: template.version,
    $canEdit: canEdit,
    ...(isHydrated ? hydrated(instance.values, template, store) : instance.values),
  };
}
