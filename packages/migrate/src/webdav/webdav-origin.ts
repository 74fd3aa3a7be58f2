/** `davs://`: what lies on a WebDAV server, as the origin of an upload. */
import type { WebDavAddress } from '../address.ts';
import { nameMeant, type OpenOrigin, openFarOrigin } from '../far-origin.ts';
import { WebDavTree } from './webdav-tree.ts';

export interface WebDavOptions {
  /** `BOXHAUL_DAV_USER`, unless the address names one, and `BOXHAUL_DAV_PASSWORD`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @throws {SourceError} nothing is there, or whoever has this password is not let in */
export async function openWebDavOrigin(
  { url, user }: WebDavAddress,
  { env }: WebDavOptions,
  signal: AbortSignal,
): Promise<OpenOrigin> {
  const { createClient, AuthType } = await import('webdav');
  const { origin, pathname } = new URL(url);
  const username = user ?? env.BOXHAUL_DAV_USER;
  const password = env.BOXHAUL_DAV_PASSWORD;
  const client = createClient(origin, {
    ...(username !== undefined &&
      password !== undefined && { authType: AuthType.Password, username, password }),
  });
  const who = username === undefined ? '' : `${encodeURIComponent(username)}@`;
  const identity = `${origin.replace('://', `://${who}`)}`;
  const path = decodeURIComponent(pathname);
  const start = {
    path: path === '/' ? path : path.replace(/\/+$/, ''),
    name: nameMeant(path),
    words: `dav+${identity}${pathname}`,
  };
  return openFarOrigin(new WebDavTree(identity, client), start, signal);
}
