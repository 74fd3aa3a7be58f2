/** A folder of this machine by HTTP, with ETags and ranges, as the commonest server for Node has them. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import send from 'send';

export interface FileServer extends AsyncDisposable {
  readonly port: number;
}

/** @param instead answers what it takes, in place of the folder */
export async function startFileServer(
  root: string,
  instead: (...exchange: Parameters<RequestListener>) => boolean = () => false,
): Promise<FileServer> {
  const server = createServer((request, response) => {
    if (instead(request, response)) return;
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    send(request, path, { root, dotfiles: 'allow', cacheControl: false }).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
