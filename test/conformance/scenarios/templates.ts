import { on, type Scenario } from '../scenario.ts';
import { aFile } from './beginnings.ts';

const template = { path: { scope: 'enterprise', template_key: 'invoice' } };
const missing = { path: { scope: 'enterprise', template_key: 'none' } };
const fields = [
  { type: 'string', key: 'name', displayName: 'Name' },
  { type: 'float', key: 'sum', displayName: 'Sum' },
  { type: 'date', key: 'due', displayName: 'Due' },
  { type: 'enum', key: 'state', displayName: 'State', options: [{ key: 'open' }, { key: 'paid' }] },
];
const rename = { json: [{ op: 'editTemplate', data: { displayName: 'Bill' } }] };

export const templates: readonly Scenario[] = [
  on(
    'POST /metadata_templates/schema',
    { json: { scope: 'enterprise', templateKey: 'invoice', displayName: 'Invoice', fields } },
    { keep: { template_id: 'id' } },
  ),
  on('GET /metadata_templates/{scope}/{template_key}/schema', template, { invalid: missing }),
  on('GET /metadata_templates/{template_id}'),
  on('GET /metadata_templates/global'),
  on('GET /metadata_templates/enterprise'),
  aFile,
  on(
    'POST /files/{file_id}/metadata/{scope}/{template_key}',
    { ...template, json: { name: 'One' } },
    { keep: { metadata_instance_id: '$id' } },
  ),
  on(
    'GET /metadata_templates',
    { query: { metadata_instance_id: '{metadata_instance_id}' } },
    { invalid: { query: {} } },
  ),
  on(
    'POST /metadata_queries/execute_read',
    {
      json: {
        from: 'enterprise_{enterprise_id}.invoice',
        ancestor_folder_id: '0',
        query: 'name = :name',
        query_params: { name: 'One' },
        fields: ['name', 'metadata.enterprise_{enterprise_id}.invoice.name'],
      },
    },
    { invalid: { json: { from: 'enterprise_{enterprise_id}.invoice' } } },
  ),
  on(
    'PUT /metadata_templates/{scope}/{template_key}/schema',
    { ...template, ...rename },
    { invalid: { ...missing, ...rename } },
  ),
  on('DELETE /metadata_templates/{scope}/{template_key}/schema', template, { invalid: missing }),
];
