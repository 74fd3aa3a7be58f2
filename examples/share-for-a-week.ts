/**
 * Shares a file for a week and prints the link, with `client.call`: any operation of Box's, typed, by the name
 * that it has in Box's reference.
 *
 *     export BOX_DEVELOPER_TOKEN=…
 *     npx node examples/share-for-a-week.ts /Team/report.pdf
 */
import { BoxClient, developerToken, resolveReference } from '@boxhaul/client';

const { BOX_DEVELOPER_TOKEN = '', BOX_BASE_URL } = process.env;
const client = new BoxClient({
  auth: developerToken(BOX_DEVELOPER_TOKEN),
  ...(BOX_BASE_URL && { baseUrl: BOX_BASE_URL }),
});
const inAWeek = new Date(Date.now() + 7 * 24 * 60 * 60 * 1000);

try {
  const { id } = await resolveReference(client, process.argv[2] ?? '', { expect: 'file' });
  const { data: file } = await client.call('PUT /files/{file_id}#add_shared_link', {
    path: { file_id: id },
    query: { fields: 'name,shared_link' },
    body: { shared_link: { access: 'open', unshared_at: inAWeek.toISOString() } },
  });
  console.log(`${file.name}: ${file.shared_link?.url} until ${file.shared_link?.unshared_at}`);
} finally {
  await client.close();
}
