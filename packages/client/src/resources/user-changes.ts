/** What admins settle about a user. */
interface UserSettings {
  readonly name?: string | undefined;
  /** Co-admins are made by admins only. @default 'user' */
  readonly role?: 'coadmin' | 'user' | undefined;
  readonly status?:
    | 'active'
    | 'inactive'
    | 'cannot_delete_edit'
    | 'cannot_delete_edit_upload'
    | undefined;
  /** In bytes; -1: no limit. */
  readonly spaceAmountBytes?: number | undefined;
  readonly jobTitle?: string | undefined;
  readonly phone?: string | undefined;
  readonly address?: string | undefined;
  /** A code of ISO 639-1, as Box varies it: https://developer.box.com/guides/api-calls/language-codes/ */
  readonly language?: string | undefined;
  /** As in `Europe/Zurich`. */
  readonly timezone?: string | undefined;
  /** Takes the place of all of them. */
  readonly trackingCodes?: readonly { readonly name: string; readonly value: string }[] | undefined;
  /** The app's own id of the user, by which `list` finds them. */
  readonly externalAppUserId?: string | undefined;
  readonly canSeeManagedUsers?: boolean | undefined;
  readonly isSyncEnabled?: boolean | undefined;
  /** No collaborating with anyone of elsewhere. */
  readonly isExternalCollabRestricted?: boolean | undefined;
  readonly isExemptFromDeviceLimits?: boolean | undefined;
  readonly isExemptFromLoginVerification?: boolean | undefined;
}

/** A user to make: with a `login` a managed user, without one an app user. */
export type NewUser = UserSettings & { readonly name: string } & (
    | { readonly login: string }
    | { readonly login?: never }
  );

/** What can be changed of a user; what is absent stays as it is. */
export interface UserChanges extends UserSettings {
  /** Once the user has confirmed the address: see `emailAliases`. */
  readonly login?: string | undefined;
  /** Where notices go instead of to the login; null: to the login again. */
  readonly notificationEmail?: string | null | undefined;
  /** The user must choose another password. */
  readonly isPasswordResetRequired?: boolean | undefined;
  /** Puts the user out of the enterprise, with all that they own. */
  readonly isRolledOut?: true | undefined;
  /** Tell the user by mail that they are put out. @default as Box does */
  readonly notify?: boolean | undefined;
}

/** A user's settings in Box's names; what is absent is left out. */
export function userForBox(user: UserChanges): object {
  const { notificationEmail } = user;
  return {
    name: user.name,
    login: user.login,
    role: user.role,
    status: user.status,
    space_amount: user.spaceAmountBytes,
    job_title: user.jobTitle,
    phone: user.phone,
    address: user.address,
    language: user.language,
    timezone: user.timezone,
    tracking_codes: user.trackingCodes?.map((code) => ({ type: 'tracking_code', ...code })),
    external_app_user_id: user.externalAppUserId,
    can_see_managed_users: user.canSeeManagedUsers,
    is_sync_enabled: user.isSyncEnabled,
    is_external_collab_restricted: user.isExternalCollabRestricted,
    is_exempt_from_device_limits: user.isExemptFromDeviceLimits,
    is_exempt_from_login_verification: user.isExemptFromLoginVerification,
    notification_email: notificationEmail ? { email: notificationEmail } : notificationEmail,
    is_password_reset_required: user.isPasswordResetRequired,
    enterprise: user.isRolledOut ? null : undefined,
    notify: user.notify,
  };
}
