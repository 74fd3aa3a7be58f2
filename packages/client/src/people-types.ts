import type { BoxFile, BoxFolder, BoxUser, BoxUserMini } from './box-types.ts';

/** One page of users, in offset style. */
export interface BoxUserPage {
  readonly entries: readonly BoxUser[];
  /** Of all pages. */
  readonly total_count: number;
  readonly offset: number;
  /** Where the next page begins is `offset` plus this. */
  readonly limit: number;
}

/** The addresses of a picture of a user, in three sizes. They need a token, as all of Box's. */
export interface BoxAvatarUrls {
  readonly small: string;
  readonly large: string;
  readonly preview: string;
}

/** @see https://developer.box.com/reference/resources/email-alias/ */
export interface BoxEmailAlias {
  readonly type: 'email_alias';
  readonly id: string;
  readonly email?: string;
  readonly is_confirmed?: boolean;
}

/** @see https://developer.box.com/reference/resources/invite/ */
export interface BoxInvite {
  readonly type: 'invite';
  readonly id: string;
  readonly invited_to?: { readonly type: 'enterprise'; readonly id: string; readonly name: string };
  readonly actionable_by?: BoxUserMini;
  readonly invited_by?: BoxUserMini;
  readonly status?: string;
  readonly created_at?: string;
  readonly modified_at?: string;
}

/** Who may do something about a group. */
export type BoxGroupLevel = 'admins_only' | 'admins_and_members' | 'all_managed_users';

/** A group as other things name one. */
export interface BoxGroupMini {
  readonly type: 'group';
  readonly id: string;
  readonly name: string;
  readonly group_type?: 'managed_group' | 'all_users_group';
}

/** @see https://developer.box.com/reference/resources/group/ */
export interface BoxGroup extends BoxGroupMini {
  readonly created_at?: string;
  readonly modified_at?: string;
  /** Where the group comes from, if not from Box. This and all below: only by `fields`. */
  readonly provenance?: string;
  /** Its id there. */
  readonly external_sync_identifier?: string;
  readonly description?: string;
  /** Who may invite the group to folders. */
  readonly invitability_level?: BoxGroupLevel;
  /** Who may see its members. */
  readonly member_viewability_level?: BoxGroupLevel;
  readonly permissions?: { readonly can_invite_as_collaborator: boolean };
}

/** @see https://developer.box.com/reference/resources/group-membership/ */
export interface BoxGroupMembership {
  readonly type: 'group_membership';
  readonly id: string;
  readonly user?: BoxUserMini;
  readonly group?: BoxGroupMini;
  readonly role?: 'member' | 'admin';
  readonly created_at?: string;
  readonly modified_at?: string;
  /** What an admin of the group may do. Only by `fields`. */
  readonly configurable_permissions?: Readonly<Record<string, boolean>> | null;
}

/** What a collaborator may do. Single files know `editor` and `viewer` alone. */
export type BoxCollaboratorRole =
  | 'editor'
  | 'viewer'
  | 'previewer'
  | 'uploader'
  | 'previewer uploader'
  | 'viewer uploader'
  | 'co-owner';

/** @see https://developer.box.com/reference/resources/collaboration/ */
export interface BoxCollaboration {
  readonly type: 'collaboration';
  readonly id: string;
  /** Null to whoever has not accepted it yet. */
  readonly item?: BoxFile | BoxFolder | null;
  /** Null for an invitation to an address without an account; that is in `invite_email`. */
  readonly accessible_by?: BoxUserMini | BoxGroupMini | null;
  readonly invite_email?: string | null;
  readonly role?: BoxCollaboratorRole | 'owner';
  readonly status?: 'accepted' | 'pending' | 'rejected';
  readonly acknowledged_at?: string | null;
  readonly expires_at?: string | null;
  /** True: it does not show up in the collaborator's root folder. */
  readonly is_access_only?: boolean;
  /** Only by `fields`. */
  readonly can_view_path?: boolean;
  readonly created_by?: BoxUserMini | null;
  readonly created_at?: string;
  readonly modified_at?: string;
}
