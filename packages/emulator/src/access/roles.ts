/**
 * Who may do what to an item: the one table that decides. A caller has the rights of every role
 * that reaches the item, whether given on it or on a folder above it.
 * https://support.box.com/hc/en-us/articles/360044196413
 */

/** What a collaboration may give; `owner` is never given, only handed over. */
export const collaboratorRoles = [
  'editor',
  'viewer',
  'previewer',
  'uploader',
  'previewer uploader',
  'viewer uploader',
  'co-owner',
] as const;
export type CollaboratorRole = (typeof collaboratorRoles)[number];

/** How an item is reached: as its owner, as a collaborator, or through a shared link. */
export type Role = 'owner' | CollaboratorRole | 'link previewer' | 'link viewer' | 'link editor';

/**
 * - `upload`: new items in a folder, and metadata; `version`: new contents for a file, and its lock;
 * - `share`: shared links, and copies; `rename`: name, description, tags; `delete`: move too;
 * - `invite`: collaborations, and how far links reach; `settings`: a folder's own, and co-owners.
 */
export type Right =
  | 'see'
  | 'preview'
  | 'comment'
  | 'download'
  | 'upload'
  | 'version'
  | 'share'
  | 'rename'
  | 'delete'
  | 'invite'
  | 'settings';

const previewer = ['see', 'preview', 'comment'] as const;
const viewer = [...previewer, 'download', 'share'] as const;
const viewerUploader = [...viewer, 'upload', 'version'] as const;
const editor = [...viewerUploader, 'rename', 'delete', 'invite'] as const;
const owner = [...editor, 'settings'] as const;

const rightsOf: Record<Role, readonly Right[]> = {
  owner,
  'co-owner': owner,
  editor,
  'viewer uploader': viewerUploader,
  'previewer uploader': [...previewer, 'upload'],
  viewer,
  previewer,
  uploader: ['see', 'upload'],
  'link previewer': ['see', 'preview'],
  'link viewer': ['see', 'preview', 'download', 'share'],
  'link editor': ['see', 'preview', 'download', 'share', 'version', 'rename'],
};

/** Whether any of the roles gives the right. */
export function allows(roles: readonly Role[], right: Right): boolean {
  return roles.some((role) => rightsOf[role].includes(right));
}
