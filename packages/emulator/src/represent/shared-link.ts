import { extname } from 'node:path';
import { type ItemRow, kinds, type SharedLinkRow } from '../store/rows.ts';
import { formatTime } from '../times.ts';
import type { View } from './view.ts';

/** The host of shared links; they are names for items here as on Box, whatever host is called. */
const linkHost = 'https://app.box.com';

/** The address of a link by its token. */
export function sharedLinkUrl(token: string): string {
  return `${linkHost}/s/${token}`;
}

/** Whether a link still works. */
export function isLive(link: SharedLinkRow, nowSeconds: number): boolean {
  return link.unshared_at === null || link.unshared_at > nowSeconds;
}

/** An item's `shared_link`. https://developer.box.com/guides/shared-links/ */
export function representSharedLink(link: SharedLinkRow, item: ItemRow, view: View) {
  const vanityUrl =
    link.vanity_name === null ? null : `${linkHost}/v/${encodeURIComponent(link.vanity_name)}`;
  return {
    url: sharedLinkUrl(link.token),
    download_url:
      item.kind === kinds.file
        ? `${view.downloadUrl}/shared/static/${link.token}${extname(item.name)}`
        : null,
    vanity_url: vanityUrl,
    vanity_name: link.vanity_name,
    effective_access: link.access,
    effective_permission: effectivePermission(link),
    is_password_enabled: link.password !== null,
    unshared_at: link.unshared_at === null ? null : formatTime(link.unshared_at),
    download_count: link.download_count,
    preview_count: link.preview_count,
    access: link.access,
    permissions: {
      can_preview: true,
      can_download: link.can_download === 1,
      can_edit: link.can_edit === 1,
    },
  };
}

function effectivePermission(link: SharedLinkRow) {
  if (link.can_edit === 1) return 'can_edit';
  return link.can_download === 1 ? 'can_download' : 'can_preview';
}
