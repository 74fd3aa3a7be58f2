/** What a call does to an item, for the scopes of the token. */
export type Deed =
  | 'upload'
  | 'download'
  | 'preview'
  | 'delete'
  | 'rename'
  | 'share'
  | 'comment'
  | 'task'
  | 'metadata'
  | 'change';

/** https://developer.box.com/guides/api-calls/permissions-and-errors/scopes/ */
const scopesFor: Record<Deed, readonly string[]> = {
  upload: ['root_readwrite', 'item_upload', 'item_content_upload', 'base_upload'],
  download: ['root_readwrite', 'root_readonly', 'item_download'],
  preview: ['root_readwrite', 'root_readonly', 'item_preview', 'base_preview'],
  delete: ['root_readwrite', 'item_delete'],
  rename: ['root_readwrite', 'item_rename'],
  share: ['root_readwrite', 'item_share'],
  // What these three take is on the page of Box's Content Sidebar.
  metadata: ['root_readwrite', 'item_upload'],
  comment: ['root_readwrite', 'item_comment'],
  task: ['root_readwrite', 'item_task'],
  change: ['root_readwrite'],
};

/** Whether a token with these scopes may do so, as far as it depends on the token. */
export function scopesAllow(scopes: readonly string[], deed: Deed): boolean {
  return scopesFor[deed].some((scope) => scopes.includes(scope));
}
