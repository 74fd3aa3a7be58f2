/** Answers HTTP word by word, also wrongly; each GET has the next answer, and the last one is given again. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

export interface RawServer extends AsyncDisposable {
  readonly port: number;
}

/** @param head lines of the answer's head, each with its end */
export async function rawServer(
  head: string,
  bodies: readonly (string | Buffer)[],
): Promise<RawServer> {
  let given = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (request) => {
      socket.write(`HTTP/1.1 200 OK\r\nConnection: close\r\n${head}\r\n`);
      if (String(request).startsWith('HEAD')) socket.end();
      else socket.end(bodies[Math.min(given++, bodies.length - 1)] ?? '');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}
