import type { Chance } from '../chance.ts';
import { type CascadePolicies, openCascadePolicies } from './cascade-policies.ts';
import type { Database } from './database.ts';
import { type MetadataInstances, openMetadataInstances } from './metadata-instances.ts';
import { type MetadataTemplates, openMetadataTemplates } from './metadata-templates.ts';
import { openTaxonomies, type Taxonomies } from './taxonomies.ts';

/** All that is kept of metadata. */
export interface Metadata {
  readonly templates: MetadataTemplates;
  readonly instances: MetadataInstances;
  readonly cascadePolicies: CascadePolicies;
  readonly taxonomies: Taxonomies;
}

export function openMetadata(database: Database, chance: Chance): Metadata {
  return {
    templates: openMetadataTemplates(database),
    instances: openMetadataInstances(database, chance),
    cascadePolicies: openCascadePolicies(database),
    taxonomies: openTaxonomies(database),
  };
}
