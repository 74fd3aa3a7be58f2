/**
 * Fetches the ZIP files of a Box folder as a server does every night: signed in as an app, with a
 * log of what came, and an exit code for the scheduler.
 *
 *     npx node examples/nightly-zips.ts config.json https://acme.box.com/folder/123 ./incoming
 *
 * In a crontab:   0 2 * * *   node nightly-zips.ts config.json 123 /srv/incoming || notify
 */
import { appAuth, BoxClient, InputError, readAppConfig, resolveReference } from '@boxhaul/client';
import { download, filterOf } from '@boxhaul/transfer';

const [configFile = 'config.json', source = '/', directory = './incoming'] = process.argv.slice(2);
const { BOX_BASE_URL } = process.env;
const client = new BoxClient({
  // A JWT or client credentials, as the config says.
  auth: appAuth(await readAppConfig(configFile)),
  ...(BOX_BASE_URL && { baseUrl: BOX_BASE_URL }),
});

try {
  const folder = await resolveReference(client, source, { expect: 'folder' });
  const report = await download({
    client,
    folderId: folder.id,
    directory,
    filter: filterOf({ extensions: ['.zip'] }),
    onEvent: (event) => {
      if (event.type !== 'file') return;
      const { state, path, reason } = event.result;
      console.log(new Date().toISOString(), state, path, reason?.words ?? '');
    },
  });
  console.log(`${report.transferred} fetched, ${report.skipped} here already`);
  process.exitCode = report.failed > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  const { login } = await client.users.me();
  console.error(`${error.message}: has somebody invited ${login} to it?`);
  process.exitCode = 1;
} finally {
  await client.close();
}
