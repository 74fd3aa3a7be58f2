import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CliError } from '../cli-error.ts';
import { type Page, pageHtml } from './page.ts';

/** Box's answer, as the browser brought it to the redirect URI. */
export interface Redirect {
  /** `code` and `state`, or `error` and `error_description`. */
  query: URLSearchParams;
  /** What the browser shows: said only when it is known whether the login succeeded. */
  show(page: Page): Promise<void>;
}

export interface RedirectListener {
  /** With the port that is really listened on: what Box must be told. */
  redirectUri: string;
  /** The first request for the redirect URI; rejects with the signal's reason when it fires. */
  next(signal: AbortSignal): Promise<Redirect>;
  /** Ends the server and what is still connected to it. */
  close(): Promise<void>;
}

/**
 * Waits for the browser on this machine's loopback address, and there alone (RFC 8252, section 7.3).
 * A redirect URI without a port takes a free one, which Box allows for loopback addresses
 * (https://developer.box.com/guides/authentication/oauth2/oauth2-setup/).
 */
export async function listenForRedirect(redirectUri: string): Promise<RedirectListener> {
  const uri = loopbackUri(redirectUri);
  const { promise, resolve } = Promise.withResolvers<Redirect>();
  const server = createServer((request, response) => {
    const query = redirectQuery(request, uri);
    if (!query) return answer(response, 404, notHere);
    resolve({ query, show: (page) => shown(response, page) });
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', (error) => failed(cannotListen(error, uri)));
    server.listen(Number(uri.port), '127.0.0.1', listening);
  });
  uri.port = String((server.address() as AddressInfo).port);
  return {
    redirectUri: uri.href,
    next: (signal) => unlessAborted(promise, signal),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** Checks that a redirect URI leads to this machine, and that a plain HTTP server can answer it. */
export function loopbackUri(text: string): URL {
  const uri = URL.parse(text);
  if (uri?.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(uri.hostname)) return uri;
  throw new CliError(`"${text}" is not a redirect URI on this machine`, {
    details: [
      'the browser brings the answer there, so it starts with http://127.0.0.1 or http://localhost',
    ],
    ways: [
      '--redirect-uri http://127.0.0.1/callback    as it is registered with the app in Box',
      '--no-browser                                 for any other: paste the address that the browser ends on',
    ],
  });
}

const notHere: Page = {
  title: 'Nothing is here',
  text: 'boxhaul waits for the answer of Box’s login page at another address.',
  succeeded: false,
};

/** What the browser brought; undefined for any other request, be its address none at all, such as `//`. */
function redirectQuery({ method, url = '' }: IncomingMessage, uri: URL) {
  const asked = URL.parse(url, uri.href);
  return method === 'GET' && asked?.pathname === uri.pathname ? asked.searchParams : undefined;
}

function shown(response: ServerResponse, page: Page): Promise<void> {
  return new Promise((resolve) => {
    // A browser that was closed meanwhile must not hold up the login.
    response.once('close', resolve);
    answer(response, page.succeeded ? 200 : 400, page);
  });
}

function answer(response: ServerResponse, status: number, page: Page): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'cache-control': 'no-store',
    // The address holds the code: it must not be told to any other page.
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(pageHtml(page));
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason);
    if (signal.aborted) return aborted();
    signal.addEventListener('abort', aborted, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}

function cannotListen(error: NodeJS.ErrnoException, uri: URL): CliError {
  if (error.code === 'EADDRINUSE') {
    return new CliError(
      `port ${uri.port} on this machine is taken, and Box's answer would come there`,
      {
        details: [`the redirect URI is ${uri.href}`],
        ways: [
          'end the program that holds the port, or choose another: --redirect-uri http://127.0.0.1:PORT/callback',
          '--no-browser    needs no port: paste the address that the browser ends on',
        ],
        cause: error,
      },
    );
  }
  return new CliError(`cannot listen on ${uri.host}: ${error.message}`, {
    ways: ['boxhaul login --no-browser    needs no port'],
    cause: error,
  });
}
