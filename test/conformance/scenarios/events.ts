import { on, type Scenario } from '../scenario.ts';
import { aFile, aFolder } from './beginnings.ts';

export const events: readonly Scenario[] = [
  aFolder,
  on(
    'POST /webhooks',
    {
      json: {
        target: { type: 'folder', id: '{folder_id}' },
        address: 'https://example.org/hook',
        triggers: ['FILE.UPLOADED', 'FOLDER.RENAMED'],
      },
    },
    { keep: { webhook_id: 'id' } },
  ),
  on('GET /webhooks/{webhook_id}'),
  on('GET /webhooks'),
  on(
    'PUT /webhooks/{webhook_id}',
    { json: { triggers: ['FILE.TRASHED'] } },
    { invalid: { json: { triggers: ['FILE.EATEN'] } } },
  ),
  on('DELETE /webhooks/{webhook_id}'),
  aFile,
  on('DELETE /files/{file_id}'),
  on('GET /events', { query: { stream_position: '0' } }),
  on(
    'GET /events',
    { query: { stream_position: '0', stream_type: 'admin_logs' } },
    { invalid: { query: { stream_type: 'brook' } } },
  ),
  on('GET /events', { query: { stream_position: '0', stream_type: 'admin_logs_streaming' } }),
  on('OPTIONS /events'),
  on('GET /search', { query: { query: 'folder' } }, { invalid: { query: {} } }),
  on('GET /search', { query: { query: 'folder', include_recent_shared_links: 'true' } }),
];
