/** A real WebDAV server of somebody else's, which shows a folder of this machine to one user. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import library from 'webdav-server';
import { type HttpFront, httpFront } from './http-front.ts';

export interface WebDavServer extends AsyncDisposable {
  readonly front: HttpFront;
  readonly folder: string;
  /** What has to be in the environment to be let in. */
  readonly env: Readonly<Record<string, string>>;
}

export async function startWebDav(): Promise<WebDavServer> {
  const { v2 } = library;
  const folder = await mkdtemp(join(tmpdir(), 'boxhaul-webdav-'));
  const users = new v2.SimpleUserManager();
  const privilegeManager = new v2.SimplePathPrivilegeManager();
  privilegeManager.setRights(users.addUser('ann', 'open sesame', false), '/', ['all']);
  const server = new v2.WebDAVServer({
    httpAuthentication: new v2.HTTPBasicAuthentication(users, 'files'),
    privilegeManager,
    requireAuthentification: true,
    hostname: '127.0.0.1',
  });
  await server.setFileSystemAsync('/', new v2.PhysicalFileSystem(folder));
  const { promise, resolve } = Promise.withResolvers<Server>();
  server.start(0, (started) => started && resolve(started as Server));
  const started = await promise;
  const front = await httpFront((started.address() as AddressInfo).port);
  return {
    front,
    folder,
    env: { BOXHAUL_DAV_USER: 'ann', BOXHAUL_DAV_PASSWORD: 'open sesame' },
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]();
      started.close();
      started.closeAllConnections();
      if (started.listening) await once(started, 'close');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
