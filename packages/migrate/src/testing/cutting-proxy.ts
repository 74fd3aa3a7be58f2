/** A line between two ports of this machine that breaks when it is told to. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy extends AsyncDisposable {
  readonly port: number;
  /** How often it broke. */
  readonly cuts: number;
  /** The next connections break once each has brought so many bytes; so many of them. */
  cutAfter(bytes: number, times: number): void;
}

export async function cuttingProxy(targetPort: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let bytesToCut = Number.POSITIVE_INFINITY;
  let timesLeft = 0;
  let cuts = 0;
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    let brought = 0;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay();
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.on('data', (chunk) => {
      brought += chunk.byteLength;
      if (timesLeft > 0 && brought > bytesToCut) {
        timesLeft -= 1;
        cuts += 1;
        near.destroy();
        return;
      }
      if (!near.write(chunk)) far.pause();
    });
    near.on('drain', () => far.resume());
    far.once('end', () => near.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get cuts() {
      return cuts;
    },
    cutAfter(bytes, times) {
      bytesToCut = bytes;
      timesLeft = times;
      // What is open has brought bytes already: it begins to count anew.
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
