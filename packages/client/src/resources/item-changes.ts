import { isDeepStrictEqual } from 'node:util';
import type { BoxItem } from '../box-types.ts';
import type { Clock } from '../clock.ts';
import { isBoxError } from '../errors.ts';
import type { BoxRequest, BoxResponse, Lookup, Send } from '../request.ts';
import { answerOf, entity, pathOf } from './answers.ts';
import { boxTime, type CallOptions, type ChangeOptions, fieldsOf } from './call-options.ts';
import { Since } from './since.ts';

/** What can be changed of an item; what is absent stays as it is. */
export interface ItemChanges {
  readonly name?: string | undefined;
  /** Moves it. A move alone goes ahead whatever `ifMatch` says: Box moves the item as it is. */
  readonly parentId?: string | undefined;
  readonly description?: string | undefined;
  /** Takes the place of all tags. */
  readonly tags?: readonly string[] | undefined;
  /** The file's or the folder's own time. Box keeps whole seconds. */
  readonly contentModifiedAt?: Date | string | undefined;
}

/** What can be changed of a folder; what is absent stays as it is. */
export interface FolderChanges extends ItemChanges {
  /** Whether editors may invite others, or only the owner and co-owners. @default true */
  readonly canNonOwnersInvite?: boolean | undefined;
  /** Whether others than the owner see who is invited. @default true */
  readonly canNonOwnersViewCollaborators?: boolean | undefined;
  /** Whether only people of the enterprise may be invited. @default false */
  readonly isCollaborationRestrictedToEnterprise?: boolean | undefined;
  /** Who may send files to the folder by mail, at an address that Box makes; null: nobody. @default null */
  readonly uploadEmail?: 'open' | 'collaborators' | null | undefined;
}

/** What can be changed of a file; what is absent stays as it is. */
export interface FileChanges extends ItemChanges {
  /** Who may download it by its shared link, whatever the link allows: everyone, or the company. */
  readonly canDownload?: 'open' | 'company' | undefined;
  /** When the file's retention ends: later than now planned, never sooner. */
  readonly dispositionAt?: Date | string | undefined;
}

/** How an item is deleted. */
export interface DeleteOptions extends CallOptions {
  /** The etag that the item must still have. */
  readonly ifMatch?: string | undefined;
}

/** Changes an item; see `Files.update`, `Folders.update` and `WebLinks.update`. */
export async function updateItem<T extends BoxItem>(
  send: Send,
  clock: Clock,
  type: T['type'],
  id: string,
  changes: FileChanges & FolderChanges & { readonly url?: string | undefined },
  { fields, ifMatch, signal }: ChangeOptions,
): Promise<T> {
  const path = pathOf(`/${type}s`, id);
  const json = changesForBox(changes);
  return await answerOf<T>(
    send,
    {
      method: 'PUT',
      path,
      query: { fields: fieldsOf(type, fields) },
      headers: { 'if-match': ifMatch },
      json,
      lookup: lookUpChanged(send, clock, path, json, { fields: fieldsOf(type, fields), signal }),
      signal,
    },
    entity<T>(type),
  );
}

/**
 * Deletes what is there under a path: files, folders and web links go to the trash; see `Files.delete`. What is gone
 * when an attempt is repeated whose answer was lost was deleted by that.
 */
export async function deleteItem(
  send: Send,
  path: string,
  query: BoxRequest['query'],
  { ifMatch, signal }: DeleteOptions,
): Promise<void> {
  const headers = { 'if-match': ifMatch };
  const lookup = lookUpDeleted(send, path, signal);
  await send({ method: 'DELETE', path, query: query ?? {}, headers, lookup, signal });
}

function changesForBox({
  parentId,
  contentModifiedAt,
  canDownload,
  dispositionAt,
  canNonOwnersInvite,
  canNonOwnersViewCollaborators,
  isCollaborationRestrictedToEnterprise,
  uploadEmail,
  ...same
}: FileChanges & FolderChanges): Record<string, unknown> {
  const all = {
    ...same,
    parent: parentId === undefined ? undefined : { id: parentId },
    content_modified_at: boxTime(contentModifiedAt),
    disposition_at: boxTime(dispositionAt),
    permissions: canDownload && { can_download: canDownload },
    can_non_owners_invite: canNonOwnersInvite,
    can_non_owners_view_collaborators: canNonOwnersViewCollaborators,
    is_collaboration_restricted_to_enterprise: isCollaborationRestrictedToEnterprise,
    folder_upload_email: uploadEmail && { access: uploadEmail },
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/**
 * Was it changed by an attempt whose answer was lost? Only a change that was bound to an etag leaves that open:
 * its repetition is refused because the first attempt raised the etag, or because somebody else did. If the item
 * is as we wanted it and changed since, it was us.
 */
function lookUpChanged(
  send: Send,
  clock: Clock,
  path: string,
  wanted: Readonly<Record<string, unknown>>,
  { fields, signal }: Pick<ChangeOptions, 'fields' | 'signal'>,
): Lookup {
  const since = new Since(clock);
  return async (failure) => {
    if (!isBoxError(failure, 'precondition_failed')) return undefined;
    const named = fields && [...fields, ...Object.keys(wanted), 'modified_at'];
    const response = await send({ method: 'GET', path, query: { fields: named }, signal });
    const item = record(response.data);
    const isAsWanted = Object.entries(wanted).every(([key, value]) => holds(key, value, item[key]));
    const isNew = since.includes(String(item.modified_at), response);
    return isAsWanted && isNew ? { data: item } : undefined;
  };
}

function holds(key: string, wanted: unknown, found: unknown): boolean {
  if (isRecord(wanted)) {
    const all = record(found);
    return Object.entries(wanted).every(([name, value]) => isDeepStrictEqual(value, all[name]));
  }
  if (key.endsWith('_at')) return Date.parse(String(wanted)) === Date.parse(String(found));
  return isDeepStrictEqual(wanted, found);
}

/**
 * Was it deleted by an attempt whose answer was lost? Deleting again tells: what is gone answers 404, or 412
 * where an etag had to match, which leaves open whether it is gone or merely changed.
 */
function lookUpDeleted(send: Send, path: string, signal: AbortSignal | undefined): Lookup {
  return async (failure) => {
    if (isBoxError(failure) && failure.status === 404) return { data: undefined };
    if (!isBoxError(failure, 'precondition_failed')) return undefined;
    return (await isTrashed(send, path, signal)) ? { data: undefined } : undefined;
  };
}

/** A trashed file answers 200 and says so; a trashed folder answers 404. */
async function isTrashed(
  send: Send,
  path: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    const { data } = await send({ method: 'GET', path, query: { fields: 'item_status' }, signal });
    const status = record(data).item_status;
    return status === 'trashed' || status === 'deleted';
  } catch (error) {
    if (isBoxError(error) && error.status === 404) return true;
    throw error;
  }
}

function record(data: BoxResponse['data']): Readonly<Record<string, unknown>> {
  return isRecord(data) ? { ...data } : {};
}

function isRecord(data: unknown): data is object {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
