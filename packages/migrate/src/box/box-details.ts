/** Details of items in another Box account. What the listing does not tell is asked for, once for each item. */
import type { BoxClient, BoxCollaboration, BoxComment, BoxItem, BoxTask } from '@boxhaul/client';
import { Outcome } from '../carry/outcome.ts';
import type {
  CollaborationDetails,
  CommentDetails,
  Details,
  DetailsSource,
  Person,
  SharedLinkDetails,
  TaskDetails,
} from '../details.ts';
import { ofSource } from './box-origin.ts';
import { type BoxEntry, boxEntry, printOf } from './listed.ts';
import { readMetadata } from './metadata-of.ts';
import { endsOf, settingsOf, watermarkOf } from './settings-of.ts';

/** What may be left behind on purpose. */
export const DETAIL_KINDS = [
  'versions',
  'descriptions',
  'tags',
  'metadata',
  'shared-links',
  'collaborations',
  'comments',
  'tasks',
  'folder-settings',
  'folder-locks',
  'watermarks',
] as const;

/** One of them. */
export type DetailKind = (typeof DETAIL_KINDS)[number];

/** What reading details of another Box takes. */
export interface BoxDetailsOptions {
  readonly client: BoxClient;
  /** What is left behind on purpose, and so is no gap. @default nothing */
  readonly without?: ReadonlySet<DetailKind>;
}

/**
 * Details of what a `boxOrigin` of the same account lists. Metadata and tasks cost a call for each file, comments,
 * collaborations and versions only where the listing says that there are some; folders cost one for metadata, one for
 * locks, and one for policies where they have metadata.
 *
 * @example
 * ```ts
 * import { boxDetails, boxOrigin, carryDetails, UserMap } from '@boxhaul/migrate';
 * import { upload } from '@boxhaul/transfer';
 *
 * const places = [{ type: 'folder', id: folderId }] as const;
 * const sources = boxOrigin({ client, places, account: 'work' });
 * const carry = carryDetails(boxDetails({ client }), { client, users: new UserMap([]) });
 * const { id } = await client.folders.create({ name: 'Copy', parentId: '0' });
 * const { carried } = await upload({ client, sources, folderId: id, mode: 'update', carry });
 * console.log(carried?.done, carried?.gaps);
 * ```
 */
export function boxDetails({ client, without = new Set() }: BoxDetailsOptions): DetailsSource {
  return {
    fingerprint: (entry) => `${printOf(boxEntry(entry))} ${[...without].sort()}`,
    calls: (entry) => callsFor(boxEntry(entry), without),
    read: (entry, signal) => readDetails(client, boxEntry(entry), without, signal),
  };
}

function callsFor({ item, isTop = false }: BoxEntry, without: ReadonlySet<DetailKind>): number {
  const count = (kind: DetailKind, times: number) => (without.has(kind) ? 0 : times);
  const hasWords = Boolean(item.description) || (item.tags ?? []).length > 0;
  const isFile = item.type === 'file';
  return (
    (hasWords ? 1 : 0) +
    count('shared-links', item.shared_link ? 1 : 0) +
    count('collaborations', item.has_collaborations ? 1 : 0) +
    count('folder-settings', settingsOf(item) ? 1 : 0) +
    count('watermarks', watermarkOf(item, isTop) === true ? 1 : 0) +
    count('comments', isFile ? (item.comment_count ?? 0) : 0) +
    count('versions', isFile ? Number(item.version_number ?? 1) - 1 : 0)
  );
}

async function readDetails(
  client: BoxClient,
  { item, isTop = false }: BoxEntry,
  without: ReadonlySet<DetailKind>,
  signal: AbortSignal,
): Promise<Details> {
  const unread = new Outcome();
  const ask = async <T>(
    kind: DetailKind,
    what: string,
    isThere: boolean,
    work: () => Promise<T>,
  ) =>
    isThere && !without.has(kind)
      ? await unread.attempt(what, 'the source does not tell', { signal }, () => asked(work))
      : undefined;
  const isFile = item.type === 'file';
  const { id, type, has_collaborations: isShared = false } = item;
  const target = type === 'web_link' ? undefined : { type, id };
  const [found, collaborations, comments, tasks, locks] = await Promise.all([
    ask('metadata', 'metadata', target !== undefined, () =>
      readMetadata(client, target, unread, signal),
    ),
    ask('collaborations', 'collaboration', isShared && target !== undefined, () =>
      readCollaborations(client, target, signal),
    ),
    ask('comments', 'comment', isFile && item.comment_count !== 0, () =>
      readComments(client, id, unread, signal),
    ),
    ask('tasks', 'task', isFile, () => readTasks(client, id, signal)),
    ask('folder-locks', 'lock', type === 'folder', () => client.folderLocks.list(id, { signal })),
  ]);
  if (type === 'folder' && found?.metadata?.length) {
    await ask('metadata', 'cascade policy', true, () => readPolicies(client, id, unread, signal));
  }
  tellOwn(item, unread);
  const watermark = !without.has('watermarks') && watermarkOf(item, isTop);
  if (watermark === 'by-policy') {
    unread.lacks('watermark', 'not-carried', 'a policy of the old enterprise puts it on');
  }
  const settings = without.has('folder-settings') ? undefined : settingsOf(item);
  const link = without.has('shared-links') ? undefined : sharedLinkOf(item);
  return {
    ...(item.description && !without.has('descriptions') && { description: item.description }),
    ...(item.tags && !without.has('tags') && { tags: item.tags }),
    ...(link && { sharedLink: link }),
    ...found,
    ...(collaborations && { collaborations }),
    ...(comments && { comments }),
    ...(tasks && { tasks }),
    ...(settings && { settings }),
    ...(watermark === true && { hasWatermark: true }),
    ...(locks && locks.length > 0 && { isLocked: true }),
    gaps: unread.gaps,
  };
}

async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw ofSource(error);
  }
}

function sharedLinkOf({ shared_link: link }: BoxItem): SharedLinkDetails | undefined {
  if (!link) return undefined;
  const { url, access = 'collaborators', effective_permission: permission } = link;
  return {
    url,
    access,
    ...(link.unshared_at && { unsharedAt: link.unshared_at }),
    ...(permission && { canDownload: permission !== 'can_preview' }),
    ...(permission === 'can_edit' && { canEdit: true }),
    ...(link.is_password_enabled && { hasPassword: true }),
    ...(link.vanity_name && { vanityName: link.vanity_name }),
  };
}

const COLLABORATION_FIELDS = [
  'accessible_by',
  'invite_email',
  'role',
  'status',
  'expires_at',
  'can_view_path',
  'item',
];

async function readCollaborations(
  client: BoxClient,
  target: { type: 'file' | 'folder'; id: string } | undefined,
  signal: AbortSignal,
): Promise<CollaborationDetails[]> {
  if (!target) return [];
  const options = { fields: COLLABORATION_FIELDS, signal };
  const all = await Array.fromAsync(client.collaborations.list(target, options));
  return all.flatMap((one) => collaborationOf(one, target.id) ?? []);
}

/** Undefined for what hangs on a folder above, for an owner, and for whoever refused. */
function collaborationOf(
  { accessible_by: by, invite_email: email, role, status, item, ...more }: BoxCollaboration,
  id: string,
): CollaborationDetails | undefined {
  if (!role || role === 'owner' || status === 'rejected' || (item && item.id !== id))
    return undefined;
  const login = by?.type === 'user' ? by.login : email;
  const who = by?.type === 'group' ? { group: by.name } : login ? { login } : undefined;
  return (
    who && {
      who,
      role,
      ...(more.expires_at && { expiresAt: more.expires_at }),
      ...(more.can_view_path && { canViewPath: true }),
    }
  );
}

const COMMENT_FIELDS = ['message', 'created_by', 'created_at', 'is_reply_comment', 'item'];

/** Comments with the replies to them. Box does not always say what a reply answers: it stands by itself then. */
async function readComments(
  client: BoxClient,
  id: string,
  unread: Outcome,
  signal: AbortSignal,
): Promise<CommentDetails[]> {
  const all = await Array.fromAsync(client.comments.list(id, { fields: COMMENT_FIELDS, signal }));
  const byTime = all.sort((one, other) => timeOf(one) - timeOf(other));
  const ofId = new Map(byTime.map((comment) => [comment.id, comment]));
  const top = (comment: BoxComment): BoxComment => {
    const above = comment.item?.type === 'comment' ? ofId.get(comment.item.id) : undefined;
    return above ? top(above) : comment;
  };
  const tops = byTime.filter((comment) => top(comment) === comment);
  const lost = tops.filter((comment) => comment.is_reply_comment).length;
  if (lost > 0) {
    const words =
      lost === 1
        ? '1 reply is a comment by itself: Box does not tell what it answers'
        : `${lost} replies are comments by themselves: Box does not tell what they answer`;
    unread.lacks('comment', 'no-parent', words);
  }
  return tops.map((comment) => ({
    ...remarkOf(comment),
    replies: byTime.filter((one) => one !== comment && top(one) === comment).map(remarkOf),
  }));
}

function timeOf({ created_at: at, id }: BoxComment): number {
  // Of two in one second the smaller id was first; ids are too long for the fraction to carry all of it.
  return Date.parse(at ?? '') + (Number(id) % 1e9) / 1e10;
}

function remarkOf({ created_by: by, created_at: at = '', message = '' }: BoxComment) {
  return { by: personOf(by), at, message };
}

function personOf(by: { login: string; name: string } | undefined): Person {
  return by ? { login: by.login, name: by.name } : { login: 'someone' };
}

async function readTasks(
  client: BoxClient,
  id: string,
  signal: AbortSignal,
): Promise<TaskDetails[]> {
  return (await client.tasks.list(id, { signal })).map((task) => taskOf(task));
}

function taskOf(task: BoxTask): TaskDetails {
  const { created_by: by, created_at: at = '', message = '', due_at: dueAt } = task;
  return {
    by: personOf(by),
    at,
    message,
    action: task.action ?? 'review',
    completionRule: task.completion_rule ?? 'all_assignees',
    ...(dueAt && { dueAt }),
    assigned: (task.task_assignment_collection?.entries ?? []).map((one) => ({
      to: personOf(one.assigned_to),
      state: one.resolution_state ?? 'incomplete',
    })),
  };
}

/** What a folder hands down to whatever comes into it. */
async function readPolicies(
  client: BoxClient,
  id: string,
  unread: Outcome,
  signal: AbortSignal,
): Promise<void> {
  for await (const { parent, scope, templateKey } of client.cascadePolicies.list(id, { signal })) {
    // What hangs on a folder above is told there.
    if (parent?.id !== undefined && parent.id !== id) continue;
    const name = `${scope === 'global' ? 'global' : 'enterprise'}.${templateKey}`;
    const words = `${name} is handed down from here: set it again when all is there, since it would be on whatever comes`;
    unread.lacks('cascade policy', 'not-carried', words);
  }
}

/** What belongs to the old enterprise, or to one of its people, and is of no use elsewhere. */
function tellOwn(item: BoxItem, unread: Outcome): void {
  if (item.type === 'file' && item.lock) {
    const { created_by: by, expires_at, expired_at } = item.lock;
    const until = expires_at ?? expired_at;
    const words = `locked by ${by?.login ?? 'someone'}${until ? ` until ${until}` : ''}`;
    unread.lacks('lock', 'not-carried', words);
  }
  for (const [what, words] of endsOf(item)) unread.lacks(what, 'not-carried', words);
}
