import { appItemSchema } from './app-items.ts';
import { childCountSchema } from './child-count-schema.ts';
import { commentSchema } from './comment-schema.ts';
import { eventSchema } from './event-schema.ts';
import { favoriteSchema } from './favorite-schema.ts';
import { fileRequestSchema } from './file-request-schema.ts';
import { itemMarkSchema } from './item-mark-schema.ts';
import { metadataSchema } from './metadata-schema.ts';
import { peopleSchema } from './people-schema.ts';
import { previewSchema } from './preview-schema.ts';
import { searchSchema } from './search-schema.ts';
import { taskSchema } from './task-schema.ts';
import { webhookSchema } from './webhook-schema.ts';
import { workflowSchema } from './workflows.ts';
import { zipSchema } from './zip-schema.ts';

/**
 * The tables of an emulated Box. Times are whole seconds since 1970 unless a column says otherwise.
 *
 * Files, folders and web links share one table, because Box keeps names unique over all three.
 * A file's row carries its current version; `versions` holds past ones only, as Box lists them.
 * Only the item that was deleted wears `trashed_at`; what lies inside a trashed folder is in the
 * trash because its ancestor is.
 */
export const schemaVersion = 4;

export const schema = `
CREATE TABLE sequences (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO sequences VALUES ('item', 104000000000), ('user', 21000000000), ('enterprise', 810000000);

CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE enterprises (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);

CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  enterprise_id INTEGER,                 -- null: an external user
  name TEXT NOT NULL,
  login TEXT NOT NULL,
  role TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  language TEXT NOT NULL,
  timezone TEXT NOT NULL,
  space_amount INTEGER NOT NULL,
  space_used INTEGER NOT NULL,           -- everything kept: current and past versions, trash too
  root_size INTEGER NOT NULL,            -- what lies under the root folder, without the trash
  max_upload_size INTEGER NOT NULL,
  job_title TEXT NOT NULL,
  phone TEXT NOT NULL,
  address TEXT NOT NULL,
  external_app_user_id TEXT,
  settings TEXT                          -- a JSON object of seldom used members; null: none
);
CREATE UNIQUE INDEX users_by_login ON users (login COLLATE NOCASE);
CREATE INDEX users_by_enterprise ON users (enterprise_id);

CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,                 -- 0 folder, 1 file, 2 web link: the order of Box's lists
  parent_id INTEGER NOT NULL,            -- 0: the owner's root folder
  owner_id INTEGER NOT NULL,             -- the same throughout a tree
  name TEXT NOT NULL,
  folded TEXT NOT NULL,                  -- the name as names are compared
  description TEXT NOT NULL,
  size INTEGER NOT NULL,                 -- a folder's: the sum of what is below it, without the trash
  etag INTEGER NOT NULL,
  sequence_id INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  content_created_at INTEGER NOT NULL,
  content_modified_at INTEGER NOT NULL,
  created_by INTEGER NOT NULL,
  modified_by INTEGER NOT NULL,
  trashed_at INTEGER,
  version_id INTEGER,                    -- files only, as the next four
  version_number INTEGER,
  version_created_at INTEGER,
  version_by INTEGER,
  sha1 TEXT,
  url TEXT,                              -- web links only
  is_shared INTEGER NOT NULL,            -- 1: has a row in shared_links
  tags TEXT,                             -- a JSON array; null: none
  lock TEXT,                             -- a JSON object; null: not locked
  settings TEXT                          -- a JSON object of seldom used members; null: none
);
CREATE UNIQUE INDEX items_by_name ON items (parent_id, owner_id, folded) WHERE trashed_at IS NULL;
CREATE INDEX items_in_order ON items (parent_id, owner_id, kind, folded) WHERE trashed_at IS NULL;
CREATE INDEX items_in_trash ON items (owner_id, kind, folded, id) WHERE trashed_at IS NOT NULL;
CREATE INDEX items_by_deletion ON items (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX folders_in_trash ON items (id) WHERE trashed_at IS NOT NULL AND kind = 0;
CREATE INDEX items_by_content ON items (sha1) WHERE sha1 IS NOT NULL;

CREATE TABLE versions (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  sha1 TEXT NOT NULL,
  size INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  created_by INTEGER NOT NULL,
  trashed_at INTEGER,
  trashed_by INTEGER,
  restored_at INTEGER,
  restored_by INTEGER
);
CREATE INDEX versions_by_file ON versions (file_id, number);
CREATE INDEX versions_by_deletion ON versions (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX versions_by_content ON versions (sha1);

CREATE TABLE shared_links (
  item_id INTEGER PRIMARY KEY,
  token TEXT NOT NULL,                   -- the last part of the link
  access TEXT NOT NULL,
  password TEXT,                         -- scrypt, salted; null: none
  vanity_name TEXT,
  unshared_at INTEGER,
  can_download INTEGER NOT NULL,
  can_edit INTEGER NOT NULL,
  download_count INTEGER NOT NULL,
  preview_count INTEGER NOT NULL
);
CREATE UNIQUE INDEX shared_links_by_token ON shared_links (token);
CREATE UNIQUE INDEX shared_links_by_vanity_name ON shared_links (vanity_name) WHERE vanity_name IS NOT NULL;

CREATE TABLE upload_sessions (
  id TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL,
  folder_id INTEGER,                     -- a new file's parent, or
  file_id INTEGER,                       -- the file that gets a version
  name TEXT,
  size INTEGER NOT NULL,
  part_size INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  committed_file_id INTEGER              -- null until the commit
) WITHOUT ROWID;

${peopleSchema}
CREATE TABLE upload_parts (
  session_id TEXT NOT NULL,
  offset INTEGER NOT NULL,
  size INTEGER NOT NULL,
  sha1 TEXT NOT NULL,
  part_id TEXT NOT NULL,
  PRIMARY KEY (session_id, offset)
) WITHOUT ROWID;

${metadataSchema}
${eventSchema}
${webhookSchema}
${favoriteSchema}
${commentSchema}${taskSchema}${itemMarkSchema}${fileRequestSchema}${workflowSchema}${appItemSchema}${zipSchema}${previewSchema}
${childCountSchema}
${searchSchema}`;
