/** The rows of the store's tables (see schema.ts for what each column means). */

/** What an item is; the numbers are the order in which Box lists them. */
export const kinds = { folder: 0, file: 1, web_link: 2 } as const;
export type ItemType = keyof typeof kinds;
export type Kind = (typeof kinds)[ItemType];

const itemTypes = ['folder', 'file', 'web_link'] as const satisfies ItemType[];

/** Box's word for a kind of item. */
export function typeOf(kind: Kind): ItemType {
  return itemTypes[kind];
}

export interface ItemRow {
  id: number;
  kind: Kind;
  parent_id: number;
  owner_id: number;
  name: string;
  folded: string;
  description: string;
  size: number;
  etag: number;
  sequence_id: number;
  created_at: number;
  modified_at: number;
  content_created_at: number;
  content_modified_at: number;
  created_by: number;
  modified_by: number;
  trashed_at: number | null;
  version_id: number | null;
  version_number: number | null;
  version_created_at: number | null;
  version_by: number | null;
  sha1: string | null;
  url: string | null;
  is_shared: 0 | 1;
  tags: string | null;
  lock: string | null;
  settings: string | null;
}

/** What an item has that is no file and no web link, not shared, not deleted, and nothing special. */
export const plainColumns = {
  trashed_at: null,
  version_id: null,
  version_number: null,
  version_created_at: null,
  version_by: null,
  sha1: null,
  url: null,
  is_shared: 0,
  tags: null,
  lock: null,
  settings: null,
} as const satisfies Partial<ItemRow>;

/** A file's row: what is null for other kinds is there. */
export interface FileRow extends ItemRow {
  kind: 1;
  version_id: number;
  version_number: number;
  version_created_at: number;
  version_by: number;
  sha1: string;
}

/** Whether a row is a file's. */
export function isFile(item: ItemRow): item is FileRow {
  return item.kind === kinds.file;
}

export interface VersionRow {
  id: number;
  file_id: number;
  number: number;
  name: string;
  sha1: string;
  size: number;
  created_at: number;
  modified_at: number;
  created_by: number;
  trashed_at: number | null;
  trashed_by: number | null;
  restored_at: number | null;
  restored_by: number | null;
}

export type UserRole = 'admin' | 'coadmin' | 'user';
type UserStatus = 'active' | 'inactive' | 'cannot_delete_edit' | 'cannot_delete_edit_upload';
/** How a user came to be; `service`: an app's own account, `app`: an app user without a login of its own. */
export type UserKind = 'managed' | 'external' | 'service' | 'app';

export interface EnterpriseRow {
  id: number;
  name: string;
}

export interface UserRow {
  id: number;
  enterprise_id: number | null;
  name: string;
  login: string;
  role: UserRole;
  kind: UserKind;
  status: UserStatus;
  created_at: number;
  modified_at: number;
  language: string;
  timezone: string;
  space_amount: number;
  space_used: number;
  root_size: number;
  max_upload_size: number;
  job_title: string;
  phone: string;
  address: string;
  external_app_user_id: string | null;
  settings: string | null;
}

export type LinkAccess = 'open' | 'company' | 'collaborators';

export interface SharedLinkRow {
  item_id: number;
  token: string;
  access: LinkAccess;
  password: string | null;
  vanity_name: string | null;
  unshared_at: number | null;
  can_download: 0 | 1;
  can_edit: 0 | 1;
  download_count: number;
  preview_count: number;
}

export interface UploadSessionRow {
  id: string;
  user_id: number;
  folder_id: number | null;
  file_id: number | null;
  name: string | null;
  size: number;
  part_size: number;
  created_at: number;
  expires_at: number;
  committed_file_id: number | null;
}

export interface UploadPartRow {
  session_id: string;
  offset: number;
  size: number;
  sha1: string;
  part_id: string;
}
