import type { Values } from '../store/metadata-instances.ts';
import type { Store } from '../store/store.ts';
import { representNode } from './represent-taxonomy.ts';
import type { Template } from './template.ts';

/** Values with the nodes of taxonomies in place of their ids. */
export function hydrated(values: Values, template: Template, store: Store): Values {
  const shown: Record<string, unknown> = { ...values };
  for (const { type, key, taxonomyId = '' } of template.fields) {
    const ids = values[key];
    if (type !== 'taxonomy' || !Array.isArray(ids)) continue;
    const { taxonomies } = store.metadata;
    shown[key] = ids.flatMap((id) => {
      const node = taxonomies.node(taxonomyId, String(id));
      return node ? [representNode(node, taxonomies)] : [];
    });
  }
  return shown;
}
