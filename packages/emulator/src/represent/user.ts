import type { Body } from '../http/request-body.ts';
import type { UserRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { formatTime } from '../times.ts';

const standardMembers =
  'type,id,name,login,created_at,modified_at,language,timezone,space_amount,space_used,' +
  'max_upload_size,status,job_title,phone,address,avatar_url,notification_email';

/**
 * A user. The standard form has no role, enterprise and the like: those come by `?fields=` only.
 * https://developer.box.com/reference/resources/user/
 */
export function representUser(user: UserRow, fields: unknown, store: Store) {
  const asked = typeof fields === 'string' && fields !== '' ? `type,id,${fields}` : standardMembers;
  const wanted = new Set(asked.split(','));
  const members = membersOf(user, store);
  return Object.fromEntries(Object.entries(members).filter(([name]) => wanted.has(name)));
}

function membersOf(user: UserRow, store: Store): Record<string, unknown> {
  const settings = user.settings === null ? {} : (JSON.parse(user.settings) as Body);
  return {
    type: 'user',
    id: String(user.id),
    name: user.name,
    login: user.login,
    created_at: formatTime(user.created_at),
    modified_at: formatTime(user.modified_at),
    language: user.language,
    timezone: user.timezone,
    space_amount: user.space_amount,
    space_used: user.space_used,
    max_upload_size: user.max_upload_size,
    status: user.status,
    job_title: user.job_title,
    phone: user.phone,
    address: user.address,
    avatar_url: `https://app.box.com/api/avatar/large/${user.id}`,
    notification_email: settings.notification_email ?? null,
    role: user.role,
    tracking_codes: settings.tracking_codes ?? [],
    can_see_managed_users: settings.can_see_managed_users ?? true,
    is_sync_enabled: settings.is_sync_enabled ?? true,
    is_external_collab_restricted: settings.is_external_collab_restricted ?? false,
    is_exempt_from_device_limits: settings.is_exempt_from_device_limits ?? false,
    is_exempt_from_login_verification: settings.is_exempt_from_login_verification ?? false,
    enterprise: enterpriseOf(user, store),
    my_tags: [],
    hostname: 'https://app.box.com/',
    is_platform_access_only: user.kind === 'app' || user.kind === 'service',
    ...(user.external_app_user_id !== null && { external_app_user_id: user.external_app_user_id }),
  };
}

function enterpriseOf(user: UserRow, store: Store) {
  const row = user.enterprise_id === null ? undefined : store.users.enterprise(user.enterprise_id);
  return row ? { type: 'enterprise', id: String(row.id), name: row.name } : null;
}
