/** What somebody has set on an item in Box, as its listing tells it: nobody is asked once more for it. */
import type { BoxItem } from '@boxhaul/client';
import type { FolderSettings } from '../details.ts';

/** What is set otherwise than Box does; undefined: nothing. */
export function settingsOf(item: BoxItem): FolderSettings | undefined {
  if (item.type !== 'folder') return undefined;
  const { folder_upload_email: mail } = item;
  const settings = {
    ...(item.can_non_owners_invite === false && { canNonOwnersInvite: false }),
    ...(item.can_non_owners_view_collaborators === false && {
      canNonOwnersViewCollaborators: false,
    }),
    ...(item.is_collaboration_restricted_to_enterprise && {
      isCollaborationRestrictedToEnterprise: true,
    }),
    ...(mail && {
      uploadEmail: { access: mail.access ?? 'open', ...(mail.email && { email: mail.email }) },
    }),
  };
  return Object.keys(settings).length > 0 ? settings : undefined;
}

/**
 * Whether it is to have a watermark, or why it cannot be given one.
 * @param isTop what folders above give it is lost otherwise
 */
export function watermarkOf(item: BoxItem, isTop: boolean): boolean | 'by-policy' {
  const { watermark_info: mark } = item;
  if (item.type === 'web_link' || !mark?.is_watermarked) return false;
  if (mark.is_watermarked_by_access_policy) return 'by-policy';
  return isTop || !mark.is_watermark_inherited;
}

/** Ends that the enterprise has set for a file, in words. */
export function endsOf(item: BoxItem): [what: string, words: string][] {
  if (item.type !== 'file') return [];
  const { expires_at: end, disposition_at: keptUntil } = item;
  return [
    ...(end ? [['expiration', `Box deletes it at ${end}`] as [string, string]] : []),
    ...(keptUntil ? [['retention', `it is kept until ${keptUntil}`] as [string, string]] : []),
  ];
}
