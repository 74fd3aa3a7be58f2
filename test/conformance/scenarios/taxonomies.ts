import { on, type Scenario } from '../scenario.ts';

const TAXONOMY = '/metadata_taxonomies/{namespace}/{taxonomy_key}';
const namespace = 'enterprise_{enterprise_id}';
const path = { namespace, taxonomy_key: 'earth' };

export const taxonomies: readonly Scenario[] = [
  on('POST /metadata_taxonomies', { json: { key: 'earth', displayName: 'Earth', namespace } }),
  on(`GET ${TAXONOMY}`, { path }),
  on(
    'GET /metadata_taxonomies/{namespace}',
    { path: { namespace } },
    { invalid: { path: { namespace: 'none' } } },
  ),
  on(`PATCH ${TAXONOMY}`, { path, json: { displayName: 'The Earth' } }),
  on(`POST ${TAXONOMY}/levels`, {
    path,
    json: [{ displayName: 'Continent', description: 'A big one' }, { displayName: 'Country' }],
  }),
  on(`PATCH ${TAXONOMY}/levels/{level_index}`, {
    path: { ...path, level_index: '1' },
    json: { displayName: 'Part of the world' },
  }),
  on(`POST ${TAXONOMY}/levels:append`, { path, json: { displayName: 'Town' } }),
  on(`POST ${TAXONOMY}/levels:trim`, { path }),
  on(
    `POST ${TAXONOMY}/nodes`,
    { path, json: { displayName: 'Europe', level: 1 } },
    { keep: { node_id: 'id' } },
  ),
  on(`GET ${TAXONOMY}/nodes/{node_id}`, { path }),
  on(`GET ${TAXONOMY}/nodes`, { path }),
  on('POST /metadata_templates/schema', {
    json: {
      scope: 'enterprise',
      templateKey: 'place',
      displayName: 'Place',
      fields: [
        {
          type: 'taxonomy',
          key: 'where',
          displayName: 'Where',
          taxonomyKey: 'earth',
          namespace,
          optionsRules: { multiSelect: true, selectableLevels: [1] },
        },
      ],
    },
  }),
  on('GET /metadata_templates/{namespace}/{template_key}/fields/{field_key}/options', {
    path: { namespace, template_key: 'place', field_key: 'where' },
  }),
  on(`PATCH ${TAXONOMY}/nodes/{node_id}`, { path, json: { displayName: 'Old Europe' } }),
  on(`DELETE ${TAXONOMY}/nodes/{node_id}`, { path }),
  on('DELETE /metadata_templates/{scope}/{template_key}/schema', {
    path: { scope: 'enterprise', template_key: 'place' },
  }),
  on(`DELETE ${TAXONOMY}`, { path }),
];
