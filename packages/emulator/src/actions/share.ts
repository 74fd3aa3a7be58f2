import type { Access } from '../access/access.ts';
import { hashPassword } from '../access/shared-link-header.ts';
import { BoxError } from '../box-error.ts';
import type { Chance } from '../chance.ts';
import { asBody, type Body, invalid } from '../http/request-body.ts';
import { type ItemRow, kinds, type LinkAccess, type SharedLinkRow } from '../store/rows.ts';
import { parseTime } from '../times.ts';

/**
 * Makes, changes or (for null) removes an item's shared link, as `PUT` with `shared_link` asks. A
 * link that is changed keeps its URL. To be called inside a transaction.
 *
 * @returns whether the item has a link now
 */
export function setSharedLink(access: Access, item: ItemRow, asked: unknown): boolean {
  access.require('share');
  const { sharedLinks } = access.store;
  if (asked === null) {
    sharedLinks.delete(item.id);
    return false;
  }
  const body = asBody(asked);
  if (!body) throw invalid('shared_link', asked, 'must be an object or null');
  sharedLinks.put(linkFrom(access, item, body, sharedLinks.of(item.id)));
  return true;
}

function linkFrom(
  access: Access,
  item: ItemRow,
  body: Body,
  old: SharedLinkRow | undefined,
): SharedLinkRow {
  const linkAccess = accessOf(access, body, old);
  const permissions = permissionsOf(item, body, linkAccess, old);
  return {
    item_id: item.id,
    token: old?.token ?? randomToken(access.store.chance),
    access: linkAccess,
    password: passwordOf(body, linkAccess, old),
    vanity_name: vanityNameOf(access, item, body, old),
    unshared_at: expiryOf(access, body, old),
    ...permissions,
    download_count: old?.download_count ?? 0,
    preview_count: old?.preview_count ?? 0,
  };
}

/** 32 letters and digits, as in Box's links. */
function randomToken(chance: Chance): string {
  const digits = BigInt(`0x${chance.hex(24)}`).toString(36);
  return digits.padStart(32, '0').slice(-32);
}

function accessOf(access: Access, body: Body, old: SharedLinkRow | undefined): LinkAccess {
  const asked = body.access;
  if (asked === undefined || asked === null) return old?.access ?? 'open';
  if (asked !== 'open' && asked !== 'company' && asked !== 'collaborators') {
    throw invalid('access', asked, 'must be open, company or collaborators');
  }
  if (asked === 'company' && access.view.user(access.userId)?.enterprise_id === null) {
    throw new BoxError('access_denied_insufficient_permissions');
  }
  return asked;
}

function permissionsOf(
  item: ItemRow,
  body: Body,
  access: LinkAccess,
  old: SharedLinkRow | undefined,
): Pick<SharedLinkRow, 'can_download' | 'can_edit'> {
  const asked = asBody(body.permissions);
  if (asked && access === 'collaborators') {
    throw invalid('permissions', body.permissions, 'is not for links with collaborators access');
  }
  const canDownload = asked?.can_download ?? old?.can_download !== 0;
  // Who takes downloads away, and does not speak of edits, takes them away, too.
  const canEdit = asked?.can_edit ?? (old?.can_edit === 1 && canDownload !== false);
  if (canEdit === true && (item.kind !== kinds.file || canDownload !== true)) {
    throw invalid('can_edit', canEdit, 'is for files that can be downloaded only');
  }
  return { can_download: canDownload === false ? 0 : 1, can_edit: canEdit === true ? 1 : 0 };
}

function passwordOf(body: Body, access: LinkAccess, old: SharedLinkRow | undefined): string | null {
  const asked = body.password;
  if (asked === null) return null;
  if (asked === undefined) return access === 'open' ? (old?.password ?? null) : null;
  const isStrong =
    typeof asked === 'string' && asked.length >= 8 && /[\p{Lu}\p{N}\p{P}\p{S}]/u.test(asked);
  if (access !== 'open') throw new BoxError('bad_request');
  if (!isStrong) {
    throw invalid('password', '***', 'needs 8 characters, a digit, capital or special one too');
  }
  return hashPassword(asked);
}

function vanityNameOf(
  access: Access,
  item: ItemRow,
  body: Body,
  old: SharedLinkRow | undefined,
): string | null {
  const asked = body.vanity_name;
  if (asked === undefined) return old?.vanity_name ?? null;
  if (asked === null || asked === '') return null;
  if (typeof asked !== 'string' || asked.length < 12) {
    throw invalid('vanity_name', asked, 'must have at least 12 characters');
  }
  const holder = access.store.sharedLinks.find(asked);
  if (holder && holder.item_id !== item.id) {
    throw invalid('vanity_name', asked, 'is that of another link');
  }
  return asked;
}

function expiryOf(access: Access, body: Body, old: SharedLinkRow | undefined): number | null {
  const asked = body.unshared_at;
  if (asked === undefined) return old?.unshared_at ?? null;
  const time = parseTime(asked, 'unshared_at');
  if (time === undefined) return null;
  if (time <= access.store.nowSeconds()) {
    throw invalid('unshared_at', asked, 'must be in the future');
  }
  return time;
}
