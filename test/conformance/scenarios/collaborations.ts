import { on, type Scenario } from '../scenario.ts';
import { aColleague, aFile, aFolder } from './beginnings.ts';

export const collaborations: readonly Scenario[] = [
  aFolder,
  aFile,
  aColleague,
  on(
    'POST /collaborations',
    {
      json: {
        item: { type: 'folder', id: '{folder_id}' },
        accessible_by: { type: 'user', id: '{user_id}' },
        role: 'editor',
      },
    },
    { keep: { collaboration_id: 'id' } },
  ),
  on('POST /collaborations', {
    json: {
      item: { type: 'file', id: '{file_id}' },
      accessible_by: { type: 'user', login: 'stranger@example.org' },
      role: 'viewer',
    },
  }),
  on('GET /collaborations/{collaboration_id}'),
  on('GET /folders/{folder_id}/collaborations'),
  on('GET /files/{file_id}/collaborations'),
  on('GET /collaborations', { query: { status: 'pending' } }, { invalid: { query: {} } }),
  on('PUT /collaborations/{collaboration_id}', { json: { role: 'viewer' } }),
  on('DELETE /collaborations/{collaboration_id}'),
];
