import { request as requestByHttp } from 'node:http';
import { request as requestByHttps } from 'node:https';

interface Post {
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
  /** Whatever certificate it shows. */
  isTrusted: boolean;
}

/** Posts once, headers spelt as given, nothing followed. Gives the status; `undefined` when there was no answer. */
export async function post(url: URL, { headers, body, signal, isTrusted }: Post) {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const request = (url.protocol === 'https:' ? requestByHttps : requestByHttp)(
    url,
    {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      rejectUnauthorized: !isTrusted,
      signal,
    },
    (response) => {
      resolve(response.statusCode);
      response.on('error', () => undefined).resume();
    },
  );
  request.on('error', () => resolve(undefined));
  request.end(body);
  return await promise;
}
