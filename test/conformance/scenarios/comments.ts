import { on, type Scenario } from '../scenario.ts';
import { aFile, aFolder } from './beginnings.ts';

export const comments: readonly Scenario[] = [
  aFile,
  aFolder,
  on(
    'POST /comments',
    { json: { item: { type: 'file', id: '{file_id}' }, message: 'Well said' } },
    { keep: { comment_id: 'id' } },
  ),
  on('POST /comments', {
    json: {
      item: { type: 'comment', id: '{comment_id}' },
      tagged_message: 'Is it, @[{admin_id}:you]?',
    },
  }),
  on('GET /comments/{comment_id}'),
  on('GET /files/{file_id}/comments'),
  on('PUT /comments/{comment_id}', { json: { message: 'Very well said' } }),
  on('DELETE /comments/{comment_id}'),
  on('GET /collections', {}, { keep: { collection_id: 'entries.0.id' } }),
  on('GET /collections/{collection_id}'),
  on('PUT /files/{file_id}', { json: { collections: [{ id: '{collection_id}' }] } }),
  on('PUT /folders/{folder_id}', { json: { collections: [{ id: '{collection_id}' }] } }),
  on('GET /collections/{collection_id}/items'),
];
