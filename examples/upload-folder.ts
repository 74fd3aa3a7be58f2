/**
 * Puts a folder into Box, with a new version of each file that changed. Running it again sends only
 * what is new.
 *
 *     export BOX_DEVELOPER_TOKEN=…
 *     npx node examples/upload-folder.ts ./weekly https://acme.box.com/folder/123
 */
import { BoxClient, developerToken, resolveReference } from '@boxhaul/client';
import { upload } from '@boxhaul/transfer';

const [source = '.', target = '/'] = process.argv.slice(2);
const { BOX_DEVELOPER_TOKEN = '', BOX_BASE_URL } = process.env;
const client = new BoxClient({
  auth: developerToken(BOX_DEVELOPER_TOKEN),
  ...(BOX_BASE_URL && { baseUrl: BOX_BASE_URL }),
});

try {
  const folder = await resolveReference(client, target, { expect: 'folder' });
  const report = await upload({
    client,
    sources: [source],
    folderId: folder.id,
    mode: 'update',
    onEvent: (event) => {
      if (event.type === 'file') console.log(event.result.state, event.result.path);
    },
  });
  console.log(
    `${report.transferred} sent, ${report.skipped} unchanged, ${report.failed} failed,`,
    `${report.calls.calls} calls to Box`,
  );
  process.exitCode = report.failed > 0 ? 1 : 0;
} finally {
  await client.close();
}
