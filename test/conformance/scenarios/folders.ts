import { on, type Scenario } from '../scenario.ts';
import { aFile, aFolder } from './beginnings.ts';

export const folders: readonly Scenario[] = [
  aFolder,
  aFile,
  on(
    'POST /folders',
    { json: { name: 'below', parent: { id: '{folder_id}' } } },
    { invalid: { json: { name: 'below', parent: { id: '99999' } } } },
  ),
  on('GET /folders/{folder_id}'),
  on('GET /folders/{folder_id}/items'),
  on('GET /folders/{folder_id}/items', { query: { usemarker: 'true', limit: '1' } }),
  on(
    'GET /folders/{folder_id}/items',
    { path: { folder_id: '0' } },
    { invalid: { token: '{outsider_token}' } },
  ),
  on(
    'PUT /folders/{folder_id}',
    { json: { description: 'Papers', tags: ['a'], folder_upload_email: { access: 'open' } } },
    { invalid: { json: { name: 'a/b' } } },
  ),
  on(
    'PUT /folders/{folder_id}',
    { json: { name: 'renamed' } },
    { invalid: { json: { name: 'again' }, headers: { 'if-match': '77' } } },
  ),
  on(
    'POST /folders/{folder_id}/copy',
    { json: { name: 'copy', parent: { id: '0' } } },
    { invalid: { json: { name: 'copy', parent: { id: '0' } } } },
  ),
  on('GET /folders/{folder_id}/app_item_associations'),
  on('PUT /folders/{folder_id}/watermark', { json: { watermark: { imprint: 'default' } } }),
  on('GET /folders/{folder_id}/watermark'),
  on('DELETE /folders/{folder_id}/watermark'),
  on(
    'POST /folder_locks',
    {
      json: {
        folder: { type: 'folder', id: '{folder_id}' },
        locked_operations: { move: true, delete: true },
      },
    },
    { keep: { folder_lock_id: 'id' } },
  ),
  on(
    'GET /folder_locks',
    { query: { folder_id: '{folder_id}' } },
    { invalid: { query: { folder_id: '99999' } } },
  ),
  on('DELETE /folder_locks/{folder_lock_id}'),
  on(
    'DELETE /folders/{folder_id}',
    { query: { recursive: 'true' } },
    { invalid: { path: { folder_id: '0' } } },
  ),
  on('GET /folders/{folder_id}/trash'),
  on('GET /folders/trash/items'),
  on(
    'GET /folders/trash/items',
    { query: { usemarker: 'true', limit: '1' } },
    { invalid: { query: { limit: 'many' } } },
  ),
  on('POST /folders/{folder_id}', { json: {} }),
  on('DELETE /folders/{folder_id}', { query: { recursive: 'true' } }),
  on('DELETE /folders/{folder_id}/trash'),
  aFolder,
  on(
    'GET /workflows',
    { query: { folder_id: '{requested_folder_id}' } },
    { keep: { workflow_id: 'entries.0.id', flow_id: 'entries.0.flows.0.id' } },
  ),
  on('POST /workflows/{workflow_id}/start', {
    json: {
      flow: { type: 'flow', id: '{flow_id}' },
      files: [],
      folder: { type: 'folder', id: '{requested_folder_id}' },
    },
  }),
  on(
    'POST /file_requests/{file_request_id}/copy',
    { json: { folder: { type: 'folder', id: '{folder_id}' }, title: 'More papers' } },
    { keep: { copied_request_id: 'id' } },
  ),
  on('GET /file_requests/{file_request_id}'),
  on('PUT /file_requests/{file_request_id}', {
    json: { description: 'Yours', status: 'inactive' },
  }),
  on('DELETE /file_requests/{file_request_id}', {
    path: { file_request_id: '{copied_request_id}' },
  }),
];
