import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** A request that arrived somewhere. */
export interface Received {
  /** Names as they were spelt, and their values. */
  rawHeaders: readonly string[];
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** Where webhooks are sent to in tests. */
export interface Receiver {
  url: string;
  /** All so far. */
  received: readonly Received[];
  /** The status of the answers from now on. */
  answerWith(status: number): void;
  /** Settles when as many as that have arrived, since the start. */
  arrived(count: number): Promise<readonly Received[]>;
}

/** A server on this machine that keeps what it is sent, and ends with the test. */
export async function startReceiver(test: TestContext): Promise<Receiver> {
  const received: Received[] = [];
  let status = 200;
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { headers, rawHeaders } = request;
    received.push({ headers, rawHeaders, body: Buffer.concat(chunks) });
    response.writeHead(status).end();
    server.emit('received');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answerWith(code) {
      status = code;
    },
    async arrived(count) {
      while (received.length < count) await once(server, 'received');
      return received;
    },
  };
}
