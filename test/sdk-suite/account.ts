/** The Box that the SDK's tests are run on, as they expect it: its names in the environment, its hosts by proxy. */
import { setDefaultCACertificates } from 'node:tls';
import { type Emulator, startEmulator } from '@boxhaul/emulator';

const externalUser = { id: '2001', name: 'Ed', login: 'ed@elsewhere.example' };

/** Starts an emulator and leads the SDK of this process to it; it is to be closed. */
export async function openAccount(): Promise<Emulator> {
  const emulator = await startEmulator({
    tls: true,
    app: {
      clientID: 'sdk-suite',
      clientSecret: 'sdk-suite-secret',
      enterpriseID: '12345',
      enterpriseName: 'Acme',
      externalUser,
    },
  });
  if (!emulator.tls) throw new Error('The emulator has no proxy');
  setDefaultCACertificates([emulator.tls.caCertificate]);
  const made = await emulator.seed({ '/requested/': '', '/workflow/': '', '/hub/a.txt': 'a' });
  const idOf = (path: string) => made[path]?.id ?? '';
  emulator.addWorkflow({ folderId: idOf('/workflow') });
  const appItem = emulator.addAppItem({
    items: [
      { type: 'folder', id: idOf('/hub') },
      { type: 'file', id: idOf('/hub/a.txt') },
    ],
  });
  Object.assign(process.env, {
    HTTPS_PROXY: emulator.tls.proxyUrl,
    CLIENT_ID: emulator.app.clientID,
    CLIENT_SECRET: emulator.app.clientSecret,
    ENTERPRISE_ID: emulator.enterpriseId,
    USER_ID: emulator.adminUserId,
    JWT_CONFIG_BASE_64: Buffer.from(JSON.stringify(await emulator.appConfig())).toString('base64'),
    BOX_EXTERNAL_USER_ID: externalUser.id,
    BOX_EXTERNAL_USER_EMAIL: externalUser.login,
    // What people make in Box's web app, beforehand.
    BOX_FILE_REQUEST_ID: emulator.addFileRequest({ folderId: idOf('/requested') }),
    WORKFLOW_FOLDER_ID: idOf('/workflow'),
    AUTOMATE_WORKFLOW_FOLDER_ID: idOf('/workflow'),
    APP_ITEM_ASSOCIATION_FOLDER_ID: idOf('/hub'),
    APP_ITEM_ASSOCIATION_FILE_ID: idOf('/hub/a.txt'),
    APP_ITEM_SHARED_LINK: appItem.url,
  });
  return emulator;
}
