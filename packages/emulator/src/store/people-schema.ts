/**
 * The tables about people beyond `users`: groups, who works together on what, and what else an
 * enterprise keeps about its users. Included by schema.ts.
 */
export const peopleSchema = `
CREATE TABLE collaborations (
  id INTEGER PRIMARY KEY,
  item_id INTEGER NOT NULL,
  user_id INTEGER,                       -- whom it is for: a user, or
  group_id INTEGER,                      -- a group, or
  invite_email TEXT,                     -- someone without an account yet
  role TEXT NOT NULL,
  status TEXT NOT NULL,                  -- accepted, pending, rejected
  can_view_path INTEGER NOT NULL,
  is_access_only INTEGER NOT NULL,       -- 1: not in the collaborator's root folder
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  expires_at INTEGER,
  acknowledged_at INTEGER
);
CREATE INDEX collaborations_by_item ON collaborations (item_id, user_id, group_id, invite_email);
CREATE INDEX collaborations_by_user ON collaborations (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX collaborations_by_group ON collaborations (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX collaborations_by_email ON collaborations (invite_email COLLATE NOCASE) WHERE invite_email IS NOT NULL;

CREATE TABLE groups (
  id INTEGER PRIMARY KEY,
  enterprise_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  provenance TEXT,
  external_sync_identifier TEXT,
  invitability_level TEXT NOT NULL,
  member_viewability_level TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX groups_by_name ON groups (enterprise_id, name COLLATE NOCASE);

CREATE TABLE group_memberships (
  id INTEGER PRIMARY KEY,
  group_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  role TEXT NOT NULL,
  permissions TEXT,                      -- a JSON object, of group admins; null: all are off
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX memberships_by_group ON group_memberships (group_id, user_id);
CREATE INDEX memberships_by_user ON group_memberships (user_id);

CREATE TABLE email_aliases (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL,
  email TEXT NOT NULL
);
CREATE UNIQUE INDEX email_aliases_by_email ON email_aliases (email COLLATE NOCASE);
CREATE INDEX email_aliases_by_user ON email_aliases (user_id);

CREATE TABLE avatars (
  user_id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,                    -- the Content-Type
  image BLOB NOT NULL
);

CREATE TABLE invites (
  id INTEGER PRIMARY KEY,
  enterprise_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  invited_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);

CREATE TABLE allowlist (
  id INTEGER PRIMARY KEY,
  enterprise_id INTEGER NOT NULL,
  domain TEXT,                           -- an entry: a domain with its direction, or
  direction TEXT,
  user_id INTEGER,                       -- an exempt target
  created_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX allowlist_domains ON allowlist (enterprise_id, domain) WHERE domain IS NOT NULL;
CREATE UNIQUE INDEX allowlist_users ON allowlist (enterprise_id, user_id) WHERE user_id IS NOT NULL;

CREATE TABLE terms_of_service (
  id INTEGER PRIMARY KEY,
  enterprise_id INTEGER NOT NULL,
  kind TEXT NOT NULL,                    -- managed or external
  status TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX terms_of_service_by_kind ON terms_of_service (enterprise_id, kind);

CREATE TABLE terms_answers (
  id INTEGER PRIMARY KEY,
  terms_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  is_accepted INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX terms_answers_by_user ON terms_answers (terms_id, user_id);

CREATE TABLE storage_assignments (
  target TEXT PRIMARY KEY,               -- user_123 or enterprise_123
  policy_id INTEGER NOT NULL
) WITHOUT ROWID;
`;

/** What goes when everything that people made is forgotten. */
export const peopleTables = [
  'collaborations',
  'groups',
  'group_memberships',
  'email_aliases',
  'avatars',
  'invites',
  'allowlist',
  'terms_of_service',
  'terms_answers',
  'storage_assignments',
] as const;
