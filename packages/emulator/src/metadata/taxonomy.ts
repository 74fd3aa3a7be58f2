import type { Access } from '../access/access.ts';
import { invalid } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import { storedScope } from './scope.ts';
import type { FindTaxonomy } from './template.ts';

/** Looks up the taxonomy of a template's field by its id, or by its namespace and key. */
export function taxonomyFinder(access: Access): FindTaxonomy {
  return (field) => {
    const { taxonomies } = access.store.metadata;
    const found =
      typeof field.taxonomyId === 'string'
        ? taxonomies.byId(field.taxonomyId)
        : taxonomies.byKey(
            storedScope(access, field.namespace ?? 'enterprise'),
            textOf(field.taxonomyKey),
          );
    if (!found) throw invalid('taxonomyKey', field.taxonomyKey, 'is no taxonomy');
    return { taxonomyKey: found.key, namespace: found.namespace, taxonomyId: found.id };
  };
}
