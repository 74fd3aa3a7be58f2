/** What stands before an HTTP server of this machine, hands on what it is asked, and refuses what a test wants refused. */
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  request as send,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

export interface HttpFront extends AsyncDisposable {
  readonly port: number;
  /** What was asked, `GET /path` each. */
  readonly asked: readonly string[];
  /** Requests that this takes are answered with 403 and these words; what it returns undoes it. */
  refuse(which: (request: IncomingMessage) => boolean, words?: string): () => void;
  /** Requests that this takes are answered so; what it returns undoes it. */
  instead(which: (request: IncomingMessage) => boolean, answer: RequestListener): () => void;
}

/** @param whyNot a code of S3's if it does not let somebody in */
export async function httpFront(
  targetPort: number,
  whyNot: (request: IncomingMessage) => string | undefined = () => undefined,
): Promise<HttpFront> {
  const asked: string[] = [];
  let isTaken = (_request: IncomingMessage) => false;
  let answerTo: RequestListener = () => undefined;
  const instead: HttpFront['instead'] = (which, answer) => {
    isTaken = which;
    answerTo = answer;
    return () => {
      isTaken = () => false;
    };
  };
  const server = createServer((request, response) => {
    const { method, url: path, headers } = request;
    asked.push(`${method} ${path}`);
    if (isTaken(request)) {
      request.resume();
      answerTo(request, response);
      return;
    }
    const code = whyNot(request);
    if (code !== undefined) {
      request.resume();
      const status = code === 'AuthorizationHeaderMalformed' ? 400 : 403;
      response.writeHead(status).end(`<Error><Code>${code}</Code><Message>No</Message></Error>`);
      return;
    }
    const there = { host: '127.0.0.1', port: targetPort };
    const onward = send({ ...there, method, path, headers }, (answer) => {
      // Whoever asked may be gone, or killed.
      if (response.destroyed) {
        answer.destroy();
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, response, () => undefined);
    });
    onward.on('error', () => response.destroy());
    pipeline(request, onward, () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    refuse: (which, words = '') =>
      instead(which, (_request, response) => response.writeHead(403).end(words)),
    instead,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
