import { on, type Scenario } from '../scenario.ts';
import { aFile, aFolder } from './beginnings.ts';

const query = { fields: 'shared_link' };
const nowhere = { headers: { boxapi: 'shared_link=https://app.box.com/s/none' } };

export const sharedLinks: readonly Scenario[] = [
  aFile,
  aFolder,
  on(
    'POST /web_links',
    { json: { url: 'https://example.org/', name: 'Example', parent: { id: '0' } } },
    { keep: { web_link_id: 'id' } },
  ),
  ...linkOf('/files/{file_id}', '/shared_items'),
  ...linkOf('/folders/{folder_id}', '/shared_items#folders'),
  ...linkOf('/web_links/{web_link_id}', '/shared_items#web_links'),
  on(
    'GET /shared_items#app_items',
    { headers: { boxapi: 'shared_link={app_item_link}' } },
    { invalid: nowhere },
  ),
];

/** A link is made, read, followed, changed, and taken away. */
function linkOf(item: string, shared: string): Scenario[] {
  return [
    on(
      `PUT ${item}#add_shared_link`,
      { query, json: { shared_link: { access: 'open' } } },
      {
        keep: { link: 'shared_link.url' },
        invalid: { query, json: { shared_link: { access: 'anyhow' } } },
      },
    ),
    on(`GET ${item}#get_shared_link`, { query }),
    on(`GET ${shared}`, { headers: { boxapi: 'shared_link={link}' } }, { invalid: nowhere }),
    on(`PUT ${item}#update_shared_link`, { query, json: { shared_link: { access: 'company' } } }),
    on(`PUT ${item}#remove_shared_link`, { query, json: { shared_link: null } }),
  ];
}
