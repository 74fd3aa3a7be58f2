import { type Ask, on, type Scenario } from '../scenario.ts';
import { aFile, aFolder } from './beginnings.ts';

const KEY = 'Box__Security__Classification__Key';
const CLASSIFICATION = 'enterprise/securityClassification-6VMVochwUWo';
const properties = { path: { scope: 'global', template_key: 'properties' } };
const headers = { 'content-type': 'application/json-patch+json' };
const patch = (path: string, value: unknown): Ask => ({
  headers,
  json: [{ op: 'replace', path, value }],
});
const level = (key: string) => ({
  key,
  staticConfig: { classification: { classificationDefinition: `${key} papers`, colorID: 3 } },
});
const cards = [
  {
    type: 'skill_card',
    skill_card_type: 'keyword',
    skill: { type: 'service', id: 'reader' },
    invocation: { type: 'skill_invocation', id: 'one' },
    entries: [{ text: 'word' }],
  },
];

export const metadata: readonly Scenario[] = [
  aFile,
  aFolder,
  on('POST /metadata_templates/schema#classifications', {
    json: {
      scope: 'enterprise',
      templateKey: 'securityClassification-6VMVochwUWo',
      displayName: 'Classification',
      fields: [
        { type: 'enum', key: KEY, displayName: 'Classification', options: [level('Secret')] },
      ],
    },
  }),
  on(`GET /metadata_templates/${CLASSIFICATION}/schema`),
  on(
    `PUT /metadata_templates/${CLASSIFICATION}/schema#add`,
    { json: [{ op: 'addEnumOption', fieldKey: KEY, data: level('Open') }] },
    { invalid: { json: [{ op: 'addEnumOption', fieldKey: 'none', data: level('Open') }] } },
  ),
  on(
    `PUT /metadata_templates/${CLASSIFICATION}/schema#update`,
    {
      json: [{ op: 'editEnumOption', fieldKey: KEY, enumOptionKey: 'Open', data: level('Public') }],
    },
    { invalid: { json: [{ op: 'editEnumOption', fieldKey: KEY, enumOptionKey: 'none' }] } },
  ),
  ...instancesOf('/files/{file_id}'),
  ...instancesOf('/folders/{folder_id}'),
  on('POST /files/{file_id}/metadata/global/boxSkillsCards', { json: { cards } }),
  on('GET /files/{file_id}/metadata/global/boxSkillsCards'),
  on('PUT /files/{file_id}/metadata/global/boxSkillsCards', patch('/cards/0', cards[0])),
  on('DELETE /files/{file_id}/metadata/global/boxSkillsCards'),
  on(
    'POST /folders/{folder_id}/metadata/{scope}/{template_key}',
    { ...properties, json: { colour: 'red' } },
    { invalid: { ...properties, json: { colour: 'red' } } },
  ),
  on(
    'POST /metadata_cascade_policies',
    { json: { folder_id: '{folder_id}', scope: 'global', templateKey: 'properties' } },
    { keep: { metadata_cascade_policy_id: 'id' } },
  ),
  on('GET /metadata_cascade_policies/{metadata_cascade_policy_id}'),
  on(
    'GET /metadata_cascade_policies',
    { query: { folder_id: '{folder_id}' } },
    { invalid: { query: {} } },
  ),
  on('POST /metadata_cascade_policies/{metadata_cascade_policy_id}/apply', {
    json: { conflict_resolution: 'none' },
  }),
  on('DELETE /metadata_cascade_policies/{metadata_cascade_policy_id}'),
];

/** What files and folders have in common. */
function instancesOf(item: string): Scenario[] {
  const plain = `${item}/metadata/{scope}/{template_key}`;
  const classified = `${item}/metadata/${CLASSIFICATION}`;
  return [
    on(`POST ${plain}`, { ...properties, json: { colour: 'red' } }),
    on(`GET ${plain}`, properties),
    on(`PUT ${plain}`, { ...properties, ...patch('/colour', 'blue') }),
    on(`POST ${classified}`, { json: { [KEY]: 'Secret' } }),
    on(`GET ${classified}`),
    on(`PUT ${classified}`, patch(`/${KEY}`, 'Public')),
    on(`GET ${item}/metadata`),
    on(`GET ${item}/metadata`, { query: { view: 'hydrated' } }),
    on(`DELETE ${classified}`),
    on(`DELETE ${plain}`, properties),
  ];
}
