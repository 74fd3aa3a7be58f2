import type { FastifyRequest } from 'fastify';
import type { BaseUrls } from './box.ts';

/**
 * Box's own names, which a client uses that reaches the emulator through its TLS proxy, or through a front that
 * sends `X-Forwarded-Host`.
 */
export function isBoxHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return /^(.+\.)?(box\.com|boxcloud\.com)$/.test(name);
}

/** The bases for URLs in the answer to `request`: see {@link BaseUrls}. */
export function urlsFor(request: FastifyRequest): BaseUrls {
  const { headers, raw } = request;
  const forwardedHost = first(headers['x-forwarded-host']);
  const forwardedProtocol = first(headers['x-forwarded-proto']);
  const host = forwardedHost ?? headers.host ?? 'localhost';
  const isEncrypted = 'encrypted' in raw.socket;
  const isFronted = forwardedHost !== undefined || forwardedProtocol !== undefined;
  // Our own proxy serves all of Box's names. A front may have the one name only that the client used.
  if (isEncrypted && !isFronted && isBoxHost(host)) {
    return {
      api: 'https://api.box.com/2.0',
      upload: 'https://upload.box.com/api/2.0',
      download: 'https://dl.boxcloud.com',
    };
  }
  const protocol = forwardedProtocol ?? (isEncrypted ? 'https' : 'http');
  const base = `${protocol}://${host}`;
  return { api: `${base}/2.0`, upload: `${base}/api/2.0`, download: base };
}

/** A chain of proxies adds its values with commas; the first is what the client used. */
function first(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(',')[0]?.trim();
}
