import { isBoxHost } from '../addresses.ts';
import { isLoopbackHost } from '../http/loopback.ts';
import { invalid } from '../http/request-body.ts';

/**
 * Checks a webhook's address: HTTPS on port 443, and not Box itself. On this machine any address will do, for tests.
 *
 * @throws BoxError 400
 */
export function checkAddress(value: unknown): string {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw invalid('address', value, 'must be an HTTPS address');
  }
  if (isLoopbackHost(url.hostname)) return String(value);
  if (url.protocol !== 'https:') throw invalid('address', value, 'must be an HTTPS address');
  if (url.port !== '') throw invalid('address', value, 'must be on port 443');
  if (isBoxHost(url.hostname)) throw invalid('address', value, 'must not be one of Box');
  return String(value);
}
