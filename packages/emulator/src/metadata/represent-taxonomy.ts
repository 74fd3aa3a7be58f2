import type { Taxonomies, Taxonomy, TaxonomyNode } from '../store/taxonomies.ts';

/** A taxonomy as Box writes it. */
export function representTaxonomy({ id, key, displayName, namespace, levels }: Taxonomy) {
  return { id, key, displayName, namespace, levels };
}

/** A node with what is above it, from the first level down. */
export function representNode(node: TaxonomyNode, taxonomies: Taxonomies): Record<string, unknown> {
  const above = ancestorsOf(node, taxonomies);
  return {
    id: node.id,
    displayName: node.displayName,
    level: node.level,
    ...(node.parentId === null ? {} : { parentId: node.parentId }),
    nodePath: above.map(({ id }) => id),
    ancestors: above.map(({ id, displayName, level }) => ({ id, displayName, level })),
  };
}

/** The nodes above one, from the first level down. */
export function ancestorsOf(node: TaxonomyNode, taxonomies: Taxonomies): TaxonomyNode[] {
  const above: TaxonomyNode[] = [];
  for (let id = node.parentId; id !== null; ) {
    const parent = taxonomies.node(node.taxonomyId, id);
    if (!parent) break;
    above.unshift(parent);
    id = parent.parentId;
  }
  return above;
}
