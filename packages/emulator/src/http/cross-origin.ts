import type { FastifyReply, FastifyRequest } from 'fastify';
import { BoxError } from '../box-error.ts';
import { isLoopbackHost } from './loopback.ts';

/**
 * Requests of web pages, which browsers mark with their origin.
 * https://developer.box.com/guides/security/cors/
 *
 * @param listed the origins that the app has registered; `undefined`: those on this machine
 * @returns whether it was a browser's question before the request, which then is answered
 * @throws BoxError 403 for an origin that is not listed
 */
export function meetOrigin(
  request: FastifyRequest,
  reply: FastifyReply,
  listed: readonly string[] | undefined,
): boolean {
  const { origin } = request.headers;
  if (origin === undefined || !request.url.startsWith('/2.0/')) return false;
  reply.header('access-control-allow-origin', '*');
  const method = request.headers['access-control-request-method'];
  if (request.method === 'OPTIONS' && method !== undefined) {
    reply.headers({
      'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS',
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
      'access-control-max-age': '600',
    });
    reply.send();
    return true;
  }
  if (isListed(origin, listed)) return false;
  throw new BoxError('cors_origin_not_whitelisted', { contextInfo: { origin } });
}

function isListed(origin: string, listed: readonly string[] | undefined): boolean {
  if (listed !== undefined) return listed.includes(origin);
  const url = URL.parse(origin);
  return url !== null && isLoopbackHost(url.hostname);
}
