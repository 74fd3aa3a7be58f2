import { on, onlyRefused, type Scenario } from '../scenario.ts';
import { aFile, aFolder } from './beginnings.ts';

const attributes = { name: 'a.txt', parent: { id: '0' } };

export const files: readonly Scenario[] = [
  aFolder,
  aFile,
  on('GET /files/{file_id}'),
  on('GET /files/{file_id}', {
    query: { fields: 'representations,lock,metadata.global.properties' },
    headers: { 'x-rep-hints': '[jpg?dimensions=32x32][extracted_text]' },
  }),
  on(
    'PUT /files/{file_id}',
    {
      query: { fields: 'lock,tags,description' },
      json: { description: 'Text', tags: ['a'], lock: { access: 'lock' } },
    },
    { invalid: { json: { name: '' } } },
  ),
  on(
    'PUT /files/{file_id}',
    { json: { lock: null } },
    { invalid: { json: { name: 'b.txt' }, headers: { 'if-match': '77' } } },
  ),
  on('GET /files/{file_id}/content'),
  on('GET /files/{file_id}/app_item_associations'),
  on(
    'GET /files/{file_id}/thumbnail.{extension}',
    { path: { extension: 'png' } },
    { invalid: { path: { extension: 'gif' } } },
  ),
  on(
    'POST /files/{file_id}/copy',
    { json: { name: 'copy.txt', parent: { id: '{folder_id}' } } },
    { invalid: { json: { name: 'copy.txt', parent: { id: '{folder_id}' } } } },
  ),
  on(
    'POST /files/{file_id}/content',
    { parts: { attributes, file: new Blob(['more text']) } },
    {
      invalid: {
        parts: { attributes, file: new Blob(['less']) },
        headers: { 'if-match': '77' },
      },
    },
  ),
  on('GET /files/{file_id}/versions', {}, { keep: { file_version_id: 'entries.0.id' } }),
  on('GET /files/{file_id}/versions/{file_version_id}'),
  on(
    'POST /files/{file_id}/versions/current',
    { json: { type: 'file_version', id: '{file_version_id}' } },
    { invalid: { json: { type: 'file_version', id: '99999' } } },
  ),
  on('DELETE /files/{file_id}/versions/{file_version_id}'),
  on('PUT /files/{file_id}/versions/{file_version_id}', { json: { trashed_at: null } }),
  on('PUT /files/{file_id}/watermark', { json: { watermark: { imprint: 'default' } } }),
  on('PUT /files/{file_id}/watermark', { json: { watermark: { imprint: 'default' } } }),
  on('GET /files/{file_id}/watermark'),
  on('DELETE /files/{file_id}/watermark'),
  on(
    'POST /zip_downloads',
    {
      json: {
        items: [
          { type: 'file', id: '{file_id}' },
          { type: 'folder', id: '{folder_id}' },
        ],
      },
    },
    { keep: { zip_url: 'download_url' } },
  ),
  on('GET /zip_downloads/{zip_download_id}/content', zipOf),
  on('GET /zip_downloads/{zip_download_id}/status', zipOf),
  on('GET /recent_items'),
  on('DELETE /files/{file_id}'),
  on('GET /files/{file_id}/trash'),
  on('POST /files/{file_id}', { json: { name: 'back.txt' } }),
  on('DELETE /files/{file_id}'),
  on('DELETE /files/{file_id}/trash'),
  onlyRefused('PUT /skill_invocations/{skill_id}', {
    path: { skill_id: '99999' },
    json: {
      status: 'success',
      metadata: { cards: [] },
      file: { type: 'file', id: '{file_id}' },
    },
  }),
];

/** The id stands in the addresses only. */
function zipOf({ zip_url = '' }: Readonly<Record<string, string>>) {
  const [, zip_download_id = ''] = /zip_downloads\/([^/]+)/.exec(zip_url) ?? [];
  return { path: { zip_download_id } };
}
