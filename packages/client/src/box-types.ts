/**
 * Box's own JSON, as it comes: nothing is renamed, nothing is added.
 *
 * What is required here comes in every answer to this client (it asks for Box's "mini" form whenever it names
 * `fields`). What is optional comes in the standard form of a single item, or when `fields` names it; lists
 * give the mini form. Times are RFC 3339 to the second. Ids and etags are strings.
 *
 * @see https://developer.box.com/guides/api-calls/request-extra-fields/
 */
import type { BoxMetadata } from './metadata-types.ts';

/** Where an item stands: in a folder, in the trash, or gone for good. */
export type BoxItemStatus = 'active' | 'trashed' | 'deleted';

/** A user as items name one. */
export interface BoxUserMini {
  readonly type: 'user';
  readonly id: string;
  readonly name: string;
  readonly login: string;
}

/** @see https://developer.box.com/reference/resources/user/ */
export interface BoxUser extends BoxUserMini {
  readonly created_at?: string;
  readonly modified_at?: string;
  readonly language?: string;
  readonly timezone?: string;
  /** Bytes; -1 when there is no limit. */
  readonly space_amount?: number;
  readonly space_used?: number;
  /** The largest file that this user may upload, in bytes. */
  readonly max_upload_size?: number;
  readonly status?: 'active' | 'inactive' | 'cannot_delete_edit' | 'cannot_delete_edit_upload';
  readonly job_title?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly avatar_url?: string;
  /** Only by `fields`. */
  readonly role?: 'admin' | 'coadmin' | 'user';
  /** Where notices go instead of to the login. */
  readonly notification_email?: { readonly email: string; readonly is_confirmed: boolean } | null;
  /** This and all below: only by `fields`. */
  readonly tracking_codes?: readonly { readonly name: string; readonly value: string }[];
  readonly can_see_managed_users?: boolean;
  readonly is_sync_enabled?: boolean;
  readonly is_external_collab_restricted?: boolean;
  readonly is_exempt_from_device_limits?: boolean;
  readonly is_exempt_from_login_verification?: boolean;
  /** True for app users. */
  readonly is_platform_access_only?: boolean;
  readonly external_app_user_id?: string;
  /** Null for someone of no enterprise. */
  readonly enterprise?: {
    readonly type: 'enterprise';
    readonly id: string;
    readonly name: string;
  } | null;
}

/** A folder as a path or a parent names it. Root and trash have null for `sequence_id` and `etag`. */
export interface BoxFolderMini {
  readonly type: 'folder';
  readonly id: string;
  readonly sequence_id: string | null;
  readonly etag: string | null;
  readonly name: string;
}

/** The folders from the root down to the parent; the item itself is not in it. */
export interface BoxPathCollection {
  readonly total_count: number;
  readonly entries: readonly BoxFolderMini[];
}

/** @see https://developer.box.com/reference/resources/file/ */
export interface BoxSharedLink {
  readonly url: string;
  readonly download_url?: string | null;
  readonly vanity_url?: string | null;
  readonly vanity_name?: string | null;
  readonly access?: 'open' | 'company' | 'collaborators';
  readonly effective_access?: 'open' | 'company' | 'collaborators';
  readonly effective_permission?: 'can_edit' | 'can_download' | 'can_preview' | 'no_access';
  readonly is_password_enabled?: boolean;
  readonly unshared_at?: string | null;
  readonly download_count?: number;
  readonly preview_count?: number;
}

/** What a file, a folder and a web link have in common. */
interface BoxItemCommon {
  readonly id: string;
  readonly sequence_id: string | null;
  readonly etag: string | null;
  readonly name: string;
  readonly description?: string;
  readonly path_collection?: BoxPathCollection;
  /** Null for the root, and for what is seen through a shared link. */
  readonly parent?: BoxFolderMini | null;
  readonly item_status?: BoxItemStatus;
  readonly created_at?: string | null;
  readonly modified_at?: string | null;
  readonly trashed_at?: string | null;
  readonly purged_at?: string | null;
  readonly created_by?: BoxUserMini;
  readonly modified_by?: BoxUserMini;
  readonly owned_by?: BoxUserMini;
  readonly shared_link?: BoxSharedLink | null;
  /** Of files and folders. Only by `fields`. */
  readonly tags?: readonly string[];
  /** Whether others were invited to the file or folder itself. Only by `fields`. */
  readonly has_collaborations?: boolean;
  /** Of files and folders. Only by `fields`. */
  readonly watermark_info?: BoxWatermarkInfo;
}

/** Whether previews and downloads of an item show who looks at them, and why. */
export interface BoxWatermarkInfo {
  readonly is_watermarked?: boolean;
  /** A folder above has it. */
  readonly is_watermark_inherited?: boolean;
  /** A policy of the enterprise wants it. */
  readonly is_watermarked_by_access_policy?: boolean;
}

/** The version of a file that it now has. */
export interface BoxFileVersionMini {
  readonly type: 'file_version';
  readonly id: string;
  /** Lower-case hex. */
  readonly sha1: string;
}

/** @see https://developer.box.com/reference/resources/file/ */
export interface BoxFile extends BoxItemCommon {
  readonly type: 'file';
  /** Of the current version, lower-case hex. */
  readonly sha1: string;
  readonly file_version?: BoxFileVersionMini;
  /** Bytes of the current version. */
  readonly size?: number;
  /** The file's own times, from whoever uploaded it. */
  readonly content_created_at?: string | null;
  readonly content_modified_at?: string | null;
  /** Counts from "1". Only by `fields`. */
  readonly version_number?: string;
  /** Only by `fields`. */
  readonly comment_count?: number;
  /** Null for a file that anybody may change who has the right. Only by `fields`. */
  readonly lock?: BoxFileLock | null;
  /** When Box will delete it. Only by `fields`. */
  readonly expires_at?: string | null;
  /** When its retention ends. Only by `fields`. */
  readonly disposition_at?: string | null;
  readonly extension?: string;
  /** Only by `fields`. */
  readonly tags?: readonly string[];
  /** By scope and template. Only by `fields`, such as `metadata.global.properties`. */
  readonly metadata?: Readonly<Record<string, Readonly<Record<string, BoxMetadata>>>>;
}

/** @see https://developer.box.com/reference/resources/folder/ */
export interface BoxFolder extends BoxItemCommon {
  readonly type: 'folder';
  /** Bytes of everything below. */
  readonly size?: number;
  readonly content_created_at?: string | null;
  readonly content_modified_at?: string | null;
  /** Who may send files to it by mail, and where; null: nobody. */
  readonly folder_upload_email?: {
    readonly access?: 'open' | 'collaborators';
    readonly email?: string;
  } | null;
  /** Whether editors may invite others. Only by `fields`. */
  readonly can_non_owners_invite?: boolean;
  /** Whether others than the owner see who is invited. Only by `fields`. */
  readonly can_non_owners_view_collaborators?: boolean;
  /** Whether only people of the enterprise may be invited. Only by `fields`. */
  readonly is_collaboration_restricted_to_enterprise?: boolean;
  /** The first hundred items; `folders.items` gives all of them. */
  readonly item_collection?: {
    readonly total_count: number;
    readonly entries: readonly BoxItem[];
  };
}

/** @see https://developer.box.com/reference/resources/web-link/ */
export interface BoxWebLink extends BoxItemCommon {
  readonly type: 'web_link';
  readonly url: string;
}

/** Whatever a folder holds; `type` tells which. */
export type BoxItem = BoxFile | BoxFolder | BoxWebLink;

/** @see https://developer.box.com/reference/resources/search-result-with-shared-link/ */
export interface BoxSearchResult {
  readonly type: 'search_result';
  readonly item: BoxItem;
  /** The link by which this user has come to see the item; null where none is needed. */
  readonly accessible_via_shared_link?: string | null;
}

/** One page of a folder's items, in offset style. */
export interface BoxItemPage {
  readonly entries: readonly BoxItem[];
  /** Of all pages. */
  readonly total_count: number;
  readonly offset: number;
  /** Where the next page begins is `offset` plus this: items that this user may not see leave a page short. */
  readonly limit: number;
}

/** @see https://developer.box.com/guides/files/locks/ */
export interface BoxFileLock {
  readonly type: 'lock';
  readonly id: string;
  readonly created_by?: BoxUserMini;
  readonly created_at?: string;
  /** Box has been seen to call it `expires_at`, too. */
  readonly expired_at?: string | null;
  readonly expires_at?: string | null;
  readonly is_download_prevented?: boolean;
}

/**
 * A past version of a file.
 *
 * @see https://developer.box.com/reference/resources/file-version/
 */
export interface BoxFileVersion extends BoxFileVersionMini {
  readonly name?: string;
  readonly size?: number;
  readonly created_at?: string;
  readonly modified_at?: string;
  readonly modified_by?: BoxUserMini | null;
  readonly trashed_at?: string | null;
  readonly purged_at?: string | null;
  readonly version_number?: string;
}

/** @see https://developer.box.com/reference/resources/upload-session/ */
export interface BoxUploadSession {
  readonly type: 'upload_session';
  readonly id: string;
  readonly session_expires_at: string;
  /** Bytes of each part but the last. */
  readonly part_size: number;
  readonly total_parts: number;
  readonly num_parts_processed: number;
  /** Addresses to use as they are: they may be on a host of the upload zone. */
  readonly session_endpoints: {
    readonly upload_part: string;
    readonly commit: string;
    readonly abort: string;
    readonly list_parts: string;
    readonly status: string;
    readonly log_event?: string;
  };
}

/** A part that Box has stored. */
export interface BoxPart {
  readonly part_id: string;
  readonly offset: number;
  readonly size: number;
  /** Lower-case hex. */
  readonly sha1: string;
}

/** Where and whether a file may be uploaded. */
export interface BoxPreflight {
  readonly upload_url: string;
  readonly upload_token?: string | null;
}
