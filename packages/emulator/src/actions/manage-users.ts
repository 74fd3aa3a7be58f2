import type { Access } from '../access/access.ts';
import { BoxError } from '../box-error.ts';
import { asBody, type Body, invalid, missing } from '../http/request-body.ts';
import { rootFolderId } from '../ids.ts';
import { foldName } from '../names.ts';
import { orTaken } from '../or-taken.ts';
import { rootFolderOf } from '../represent/view.ts';
import type { ItemRow, UserRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { UserChanges } from '../store/user-directory.ts';
import { claimInvitations } from './collaborate.ts';
import { giveBelow } from './give.ts';
import { createFolder } from './new-items.ts';

/** Makes a managed user or (with `is_platform_access_only`) an app user. Inside a transaction. */
export function createUser(store: Store, enterpriseId: number, body: Body): UserRow {
  const isApp = body.is_platform_access_only === true;
  const name = textOf(body, 'name');
  if (name === undefined || name === '') throw missing('name');
  if (!isApp && body.login === undefined) throw missing('login');
  const login = isApp ? appLogin(store, enterpriseId) : loginFrom(body);
  const changes = changesOf(body);
  const externalId = changes.external_app_user_id;
  if (externalId && store.users.findByExternalId(enterpriseId, externalId)) {
    throw new BoxError('conflict');
  }
  const user = orTaken('user_login_already_used', () =>
    store.users.create({ enterpriseId, name, login, kind: isApp ? 'app' : 'managed' }),
  );
  const row = store.directory.update(user, { ...changes, login });
  claimInvitations(store, row);
  return row;
}

function appLogin({ chance }: Store, enterpriseId: number): string {
  return `AppUser_${enterpriseId}_${chance.hex(5)}@boxdevedition.com`;
}

/** Changes a user as `PUT` asks; `enterprise: null` rolls the user out. Inside a transaction. */
export function changeUser(store: Store, user: UserRow, body: Body): UserRow {
  const changes = changesOf(body, user.settings);
  if (body.login !== undefined) changes.login = loginFrom(body);
  if (body.enterprise === null) {
    if (user.role === 'admin') throw new BoxError('access_denied_insufficient_permissions');
    Object.assign(changes, { enterprise_id: null, kind: 'external', role: 'user' });
    store.groups.leaveAll(user.id);
  }
  return orTaken('user_login_already_used', () => store.directory.update(user, changes));
}

function loginFrom(body: Body): string {
  const { login } = body;
  if (typeof login !== 'string' || !/^[^@\s]+@[^@\s]+$/.test(login)) {
    throw invalid('login', login, 'must be a mail address');
  }
  return login;
}

const statuses = ['active', 'inactive', 'cannot_delete_edit', 'cannot_delete_edit_upload'] as const;
const roles = ['coadmin', 'user'] as const;
const settingNames = [
  'tracking_codes',
  'can_see_managed_users',
  'is_sync_enabled',
  'is_external_collab_restricted',
  'is_exempt_from_device_limits',
  'is_exempt_from_login_verification',
  'notification_email',
];

function changesOf(body: Body, settings: string | null = null): UserChanges {
  const changes: UserChanges = {};
  for (const name of ['name', 'language', 'timezone', 'job_title', 'phone', 'address'] as const) {
    const text = textOf(body, name);
    if (text !== undefined) changes[name] = text;
  }
  if (body.role !== undefined) changes.role = oneOf('role', body.role, roles);
  if (body.status !== undefined) changes.status = oneOf('status', body.status, statuses);
  const externalId = textOf(body, 'external_app_user_id');
  if (externalId !== undefined) changes.external_app_user_id = externalId;
  if (body.space_amount !== undefined) changes.space_amount = spaceFrom(body.space_amount);
  const kept = settings === null ? {} : (JSON.parse(settings) as Body);
  const given = settingNames.filter((name) => body[name] !== undefined);
  if (given.length > 0) {
    const named = Object.fromEntries(given.map((name) => [name, settingFrom(name, body[name])]));
    changes.settings = JSON.stringify({ ...kept, ...named });
  }
  return changes;
}

function settingFrom(name: string, value: unknown): unknown {
  if (name !== 'notification_email' || value === null) return value;
  const email = asBody(value)?.email;
  if (typeof email !== 'string') throw invalid(name, value, 'must have an email');
  return { email, is_confirmed: false };
}

function spaceFrom(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= -1) return value;
  throw invalid('space_amount', value, 'must be a number of bytes, or -1');
}

function textOf(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw invalid(name, value, 'must be a text');
  return value;
}

function oneOf<T extends string>(name: string, value: unknown, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw invalid(name, value, `must be one of ${known.join(', ')}`);
  return found;
}

/**
 * Moves all that a user owns into a new folder of another user's root. What is in the trash stays.
 * To be called inside a transaction.
 *
 * @param access that of the user who receives it
 */
export function transferContents(access: Access, from: UserRow, to: UserRow): ItemRow {
  const { store } = access;
  const root = rootFolderOf(to);
  const folder = createFolder(access, {
    folder: root,
    name: freeName(access, root, `${from.name}'s Files and Folders`),
  });
  for (const item of store.items.children(rootFolderId, from.id)) {
    const keptBytes = giveBelow(access, item, to.id);
    store.items.update(item.id, { parent_id: folder.id, owner_id: to.id });
    store.items.addSize(rootFolderId, from.id, -item.size, -keptBytes);
    store.items.addSize(folder.id, to.id, item.size, keptBytes);
  }
  return store.items.get(folder.id) ?? folder;
}

function freeName({ store }: Access, folder: ItemRow, name: string): string {
  for (let count = 0; ; count++) {
    const candidate = count === 0 ? name : `${name} (${count})`;
    if (!store.items.childNamed(folder.id, folder.owner_id, foldName(candidate))) return candidate;
  }
}
