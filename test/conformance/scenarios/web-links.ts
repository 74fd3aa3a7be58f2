import { on, type Scenario } from '../scenario.ts';
import { aFolder } from './beginnings.ts';

export const webLinks: readonly Scenario[] = [
  aFolder,
  on(
    'POST /web_links',
    { json: { url: 'https://example.org/', name: 'Example', parent: { id: '{folder_id}' } } },
    { keep: { web_link_id: 'id' } },
  ),
  on('GET /web_links/{web_link_id}'),
  on(
    'PUT /web_links/{web_link_id}',
    { json: { description: 'An example' } },
    { invalid: { json: { url: 'nowhere' } } },
  ),
  on('DELETE /web_links/{web_link_id}'),
  on('GET /web_links/{web_link_id}/trash'),
  on('POST /web_links/{web_link_id}', { json: {} }),
  on('DELETE /web_links/{web_link_id}'),
  on('DELETE /web_links/{web_link_id}/trash'),
];
