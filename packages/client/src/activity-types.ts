import type { BoxFile, BoxFolderMini, BoxItem, BoxUserMini } from './box-types.ts';

/** @see https://developer.box.com/reference/resources/comment/ */
export interface BoxComment {
  readonly type: 'comment';
  readonly id: string;
  readonly is_reply_comment?: boolean;
  readonly message?: string;
  /** By `fields`: with `@[id:name]` for everyone who is mentioned. */
  readonly tagged_message?: string;
  readonly created_by?: BoxUserMini;
  readonly created_at?: string;
  readonly modified_at?: string;
  /** The file, or the comment that this one answers. */
  readonly item?: { readonly type: 'file' | 'comment'; readonly id: string };
}

/** @see https://developer.box.com/reference/resources/task/ */
export interface BoxTask {
  readonly type: 'task';
  readonly id: string;
  readonly item?: BoxFile;
  readonly due_at?: string | null;
  readonly action?: 'review' | 'complete';
  readonly message?: string;
  readonly completion_rule?: 'all_assignees' | 'any_assignee';
  readonly task_assignment_collection?: {
    readonly total_count: number;
    readonly entries: readonly BoxTaskAssignment[];
  };
  readonly is_completed?: boolean;
  readonly created_by?: BoxUserMini;
  readonly created_at?: string;
}

/** @see https://developer.box.com/reference/resources/task-assignment/ */
export interface BoxTaskAssignment {
  readonly type: 'task_assignment';
  readonly id: string;
  readonly item?: BoxFile;
  readonly assigned_to?: BoxUserMini;
  readonly message?: string;
  readonly completed_at?: string | null;
  readonly assigned_at?: string;
  readonly reminded_at?: string | null;
  readonly resolution_state?: 'completed' | 'incomplete' | 'approved' | 'rejected';
  readonly assigned_by?: BoxUserMini;
}

/** @see https://developer.box.com/guides/folders/single/lock/ */
export interface BoxFolderLock {
  readonly type: 'folder_lock';
  readonly id: string;
  readonly folder?: BoxFolderMini;
  readonly created_by?: { readonly type: 'user'; readonly id: string };
  readonly created_at?: string;
  readonly locked_operations?: { readonly move: boolean; readonly delete: boolean };
  readonly lock_type?: string;
}

/** @see https://developer.box.com/reference/resources/collection/ */
export interface BoxCollection {
  readonly type: 'collection';
  readonly id: string;
  readonly name?: string;
  readonly collection_type?: string;
}

/** @see https://developer.box.com/reference/resources/recent-item/ */
export interface BoxRecentItem {
  readonly type: 'recent_item';
  readonly item: BoxItem;
  readonly interaction_type:
    | 'item_preview'
    | 'item_upload'
    | 'item_comment'
    | 'item_open'
    | 'item_modify';
  readonly interacted_at: string;
  /** The link by which the user came to it. */
  readonly interaction_shared_link?: string | null;
}

/** @see https://developer.box.com/reference/resources/watermark/ */
export interface BoxWatermark {
  readonly created_at?: string;
  readonly modified_at?: string;
}

/** @see https://developer.box.com/reference/resources/zip-download/ */
export interface BoxZipDownload {
  /** Gives the zip to whoever has it, once, for a few seconds. */
  readonly download_url: string;
  readonly status_url: string;
  readonly expires_at: string;
  /** Items of one name, and what each is called in the zip. */
  readonly name_conflicts: readonly (readonly {
    readonly id: string;
    readonly type: 'file' | 'folder';
    readonly original_name: string;
    readonly download_name: string;
  }[])[];
}

/** @see https://developer.box.com/reference/resources/zip-download-status/ */
export interface BoxZipStatus {
  readonly total_file_count: number;
  readonly downloaded_file_count: number;
  /** Files that this user may see but not download. */
  readonly skipped_file_count: number;
  readonly skipped_folder_count: number;
  readonly state: 'in_progress' | 'failed' | 'succeeded';
}
