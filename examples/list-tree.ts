/**
 * Prints what is in a Box folder, all the way down.
 *
 *     export BOX_DEVELOPER_TOKEN=…
 *     npx node examples/list-tree.ts /Team/Reports
 */
import { BoxClient, developerToken, resolveReference } from '@boxhaul/client';

const { BOX_DEVELOPER_TOKEN = '', BOX_BASE_URL } = process.env;
const client = new BoxClient({
  auth: developerToken(BOX_DEVELOPER_TOKEN),
  ...(BOX_BASE_URL && { baseUrl: BOX_BASE_URL }),
});

try {
  const folder = await resolveReference(client, process.argv[2] ?? '/', { expect: 'folder' });
  await print(folder.id, '');
} finally {
  await client.close();
}

async function print(folderId: string, indent: string): Promise<void> {
  for await (const item of client.folders.items(folderId, { fields: ['name', 'size'] })) {
    const size = item.type === 'file' ? `  ${item.size} bytes` : '';
    console.log(`${indent}${item.name}${item.type === 'folder' ? '/' : ''}${size}`);
    if (item.type === 'folder') await print(item.id, `${indent}  `);
  }
}
