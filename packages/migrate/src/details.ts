/**
 * What can come along with a file, a folder or a web link besides contents and name, in words that belong to no source:
 * another Box account has all of it, a list of files some. See `carryDetails` for how it comes into Box.
 */
import type { BoxCollaboratorRole, MetadataValue, NewMetadataTemplate } from '@boxhaul/client';
import type { Gap, OriginEntry } from '@boxhaul/transfer';

/** Whoever did something, as the source names them. */
export interface Person {
  /** What they sign in with; in the target it may be another (see `UserMap`). */
  readonly login: string;
  readonly name?: string;
}

/** Values by the fields of a template. */
export interface MetadataDetails {
  readonly scope: 'global' | 'enterprise';
  readonly templateKey: string;
  readonly values: Readonly<Record<string, MetadataValue>>;
  /** How to make the template where the target has none; without it that is a gap. */
  template?(signal: AbortSignal): Promise<NewMetadataTemplate>;
}

/** A link that lets in whoever has it. */
export interface SharedLinkDetails {
  readonly url?: string;
  readonly access: 'open' | 'company' | 'collaborators';
  readonly unsharedAt?: string;
  readonly canDownload?: boolean;
  readonly canEdit?: boolean;
  /** Nobody can read it, so that it stays behind. */
  readonly hasPassword?: boolean;
  readonly vanityName?: string;
}

/** Somebody who may do something with the item. */
export interface CollaborationDetails {
  /** A person, or a group by its name. */
  readonly who: Person | { readonly group: string };
  readonly role: BoxCollaboratorRole;
  readonly expiresAt?: string;
  readonly canViewPath?: boolean;
}

/** What was said of a file. */
export interface CommentDetails {
  readonly by: Person;
  readonly at: string;
  readonly message: string;
  /** What else was said about this one, oldest first. */
  readonly replies?: readonly Omit<CommentDetails, 'replies'>[];
}

/** What was to be done with a file. */
export interface TaskDetails {
  readonly by: Person;
  readonly at: string;
  readonly message: string;
  readonly action: 'review' | 'complete';
  readonly completionRule: 'all_assignees' | 'any_assignee';
  readonly dueAt?: string;
  readonly assigned: readonly {
    readonly to: Person;
    readonly state: 'completed' | 'incomplete' | 'approved' | 'rejected';
  }[];
}

/** What a folder's owner has set otherwise than Box does. */
export interface FolderSettings {
  readonly canNonOwnersInvite?: boolean;
  readonly canNonOwnersViewCollaborators?: boolean;
  readonly isCollaborationRestrictedToEnterprise?: boolean;
  /** Who may send files to it by mail, and to which address. */
  readonly uploadEmail?: { readonly access: 'open' | 'collaborators'; readonly email?: string };
}

/** All that there is to carry for one item; what is absent is left as it is in the target. */
export interface Details {
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly metadata?: readonly MetadataDetails[];
  /** Its name. */
  readonly classification?: string;
  readonly sharedLink?: SharedLinkDetails;
  readonly collaborations?: readonly CollaborationDetails[];
  /** Oldest first. */
  readonly comments?: readonly CommentDetails[];
  readonly tasks?: readonly TaskDetails[];
  readonly settings?: FolderSettings;
  /** Previews and downloads show who looks at them. */
  readonly hasWatermark?: boolean;
  /** Of a folder: it can neither be moved nor deleted. */
  readonly isLocked?: boolean;
  /** What is known already not to come along, such as the lock of a file. */
  readonly gaps?: readonly Gap[];
}

/** Where the details of an origin's entries come from. */
export interface DetailsSource {
  /**
   * All that the listing tells of an entry's details, in words that change whenever those do; undefined where there are
   * none. It is compared with what earlier runs carried, and nothing is asked where it is the same.
   */
  fingerprint(entry: OriginEntry): string | undefined;
  /** About how many calls in Box they take, as far as the listing tells; for dry runs. */
  calls(entry: OriginEntry): number;
  /** @throws they are not to be had now: that becomes a gap, and the next run asks again */
  read(entry: OriginEntry, signal: AbortSignal): Promise<Details>;
}
