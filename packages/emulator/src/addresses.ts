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
  const host = forwardedHost ?? headers.host ?? 'localhost';
  const isEncrypted = 'encrypted' in raw.socket;
  const protocol = first(headers['x-forwarded-proto']) ?? (isEncrypted ? 'https' : 'http');
  if (isBoxHost(host)) {
    return {
      api: `${protocol}://api.box.com/2.0`,
      upload: `${protocol}://upload.box.com/api/2.0`,
      download: `${protocol}://dl.boxcloud.com`,
    };
  }
  const base = `${protocol}://${host}`;
  return { api: `${base}/2.0`, upload: `${base}/api/2.0`, download: base };
}

/** A chain of proxies adds its values with commas; the first is what the client used. */
function first(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(',')[0]?.trim();
}
