import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { BoxError } from '../box-error.ts';
import { isLive } from '../represent/shared-link.ts';
import { View } from '../represent/view.ts';
import type { SharedLinkRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/**
 * The `BoxApi: shared_link=URL&shared_link_password=PW` header, which opens what lies behind a
 * shared link. Clients send its values raw or percent-encoded.
 * https://developer.box.com/guides/shared-links/
 */
function readSharedLinkHeader(header: string): { url: string; passwords: string[] } | undefined {
  const match = /shared_link=(?<url>.*?)(?:&shared_link_password=(?<password>.*))?$/.exec(header);
  const url = match?.groups?.url;
  if (!url) return undefined;
  const password = match.groups?.password;
  // A password may hold a percent sign of its own, so it is tried as it came as well.
  const passwords = password === undefined ? [] : [utf8(password), decoded(password)];
  return { url: decoded(url), passwords };
}

/** Node reads each byte of a header as a character. */
function utf8(header: string): string {
  return Buffer.from(header, 'latin1').toString();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // raw, with a percent sign of its own
  }
}

/** The token or vanity name of the link that a header names. */
export function linkNameIn(header: string): string | undefined {
  const asked = readSharedLinkHeader(header);
  return asked && linkName(asked.url);
}

/**
 * Finds the link that a header opens for a user.
 *
 * @throws BoxError `not_found`; `incorrect_shared_item_password`
 */
export function openSharedLink(header: string, userId: number, store: Store): SharedLinkRow {
  const asked = readSharedLinkHeader(header);
  const name = asked && linkName(asked.url);
  const link = name === undefined ? undefined : store.sharedLinks.find(name);
  if (!asked || !link || !isLive(link, store.nowSeconds()) || !admits(link, userId, store)) {
    throw new BoxError('not_found');
  }
  const { password } = link;
  if (password !== null && !asked.passwords.some((one) => isPassword(one, password))) {
    throw new BoxError('incorrect_shared_item_password');
  }
  return link;
}

/** The last part of a link's path: a token or a vanity name. */
function linkName(url: string): string | undefined {
  const path = url.replace(/[?#].*$/, '');
  return /\/(?:s|v|shared\/static)\/(?<name>[^/]+)\/?$/.exec(path)?.groups?.name?.split('.')[0];
}

function admits(link: SharedLinkRow, userId: number, store: Store): boolean {
  if (link.access === 'open') return true;
  const item = store.items.get(link.item_id);
  if (item === undefined) return false;
  const viewer = new View({ store, userId, downloadUrl: () => '' });
  if (viewer.allows(item, 'see')) return true;
  if (link.access === 'collaborators') return false;
  const company = store.users.get(item.owner_id)?.enterprise_id;
  return company !== null && company === store.users.get(userId)?.enterprise_id;
}

/** Few rounds: it guards against reading the database, not against an attacker with time. */
const scryptOptions = { N: 1024 };

/** A password in the form in which it is stored. */
export function hashPassword(password: string): string {
  const salt = randomBytes(16);
  const hash = scryptSync(password, salt, 32, scryptOptions);
  return `${salt.toString('hex')}:${hash.toString('hex')}`;
}

function isPassword(password: string, stored: string): boolean {
  const [salt = '', hash = ''] = stored.split(':');
  const given = scryptSync(password, Buffer.from(salt, 'hex'), 32, scryptOptions);
  return timingSafeEqual(given, Buffer.from(hash, 'hex'));
}
