import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type Chance, seededChance, trueChance } from '../chance.ts';
import type { Clock } from '../clock.ts';
import { type Allowlist, openAllowlist } from './allowlist.ts';
import { type AppItems, appItemTables, openAppItems } from './app-items.ts';
import { type Blobs, openBlobs } from './blobs.ts';
import { childCountTables } from './child-count-schema.ts';
import { type Collaborations, openCollaborations } from './collaborations.ts';
import { commentTables } from './comment-schema.ts';
import { type Comments, openComments } from './comments.ts';
import { type Database, openDatabase } from './database.ts';
import { type Events, openEvents } from './events.ts';
import { favoriteTables } from './favorite-schema.ts';
import { type Favorites, openFavorites } from './favorites.ts';
import { fileRequestTables } from './file-request-schema.ts';
import { type FileRequests, openFileRequests } from './file-requests.ts';
import { type FolderLocks, openFolderLocks } from './folder-locks.ts';
import { type Groups, openGroups } from './groups.ts';
import { type Invites, openInvites } from './invites.ts';
import { itemMarkTables } from './item-mark-schema.ts';
import { type Items, openItems } from './items.ts';
import { type Listing, openListing } from './listing.ts';
import { type Metadata, openMetadata } from './metadata.ts';
import { metadataTables } from './metadata-schema.ts';
import { type Ownership, openOwnership } from './ownership.ts';
import { peopleTables } from './people-schema.ts';
import { previewTables } from './preview-schema.ts';
import { openRepresentations, type Representations } from './representations.ts';
import { openRootListing, type RootListing } from './root-listing.ts';
import { openSearchIndex, type SearchIndex } from './search-index.ts';
import { searchTables } from './search-schema.ts';
import { openSharedLinks, type SharedLinks } from './shared-links.ts';
import { openStorageAssignments, type StorageAssignments } from './storage-assignments.ts';
import { taskTables } from './task-schema.ts';
import { openTasks, type Tasks } from './tasks.ts';
import { openTerms, type Terms } from './terms.ts';
import { openUploadSessions, type UploadSessions } from './upload-sessions.ts';
import { openUserDirectory, type UserDirectory } from './user-directory.ts';
import { openUsers, type Users } from './users.ts';
import { openVersions, type Versions } from './versions.ts';
import { openWatermarks, type Watermarks } from './watermarks.ts';
import { webhookTables } from './webhook-schema.ts';
import { openWebhooks, type Webhooks } from './webhooks.ts';
import { openWorkflows, type Workflows, workflowTables } from './workflows.ts';
import { openZipDownloads, type ZipDownloads } from './zip-downloads.ts';
import { zipTables } from './zip-schema.ts';

/**
 * Everything that an emulated Box knows. Several processes may have the same folder open: nothing
 * is kept in memory that could differ from the database, and every change is one `transaction`.
 */
export interface Store {
  /** For tables of others (tokens, apps); theirs to make and to change. */
  readonly db: DatabaseSync;
  /** What everything random is drawn from. */
  readonly chance: Chance;
  readonly users: Users;
  readonly items: Items;
  readonly listing: Listing;
  readonly versions: Versions;
  readonly sharedLinks: SharedLinks;
  readonly uploadSessions: UploadSessions;
  readonly collaborations: Collaborations;
  readonly groups: Groups;
  readonly directory: UserDirectory;
  readonly invites: Invites;
  readonly allowlist: Allowlist;
  readonly terms: Terms;
  readonly storageAssignments: StorageAssignments;
  readonly ownership: Ownership;
  readonly rootListing: RootListing;
  readonly events: Events;
  readonly webhooks: Webhooks;
  readonly favorites: Favorites;
  readonly comments: Comments;
  readonly fileRequests: FileRequests;
  readonly workflows: Workflows;
  readonly appItems: AppItems;
  readonly folderLocks: FolderLocks;
  readonly representations: Representations;
  readonly tasks: Tasks;
  readonly watermarks: Watermarks;
  readonly zipDownloads: ZipDownloads;
  readonly metadata: Metadata;
  readonly searchIndex: SearchIndex;
  readonly blobs: Blobs;
  /** The emulator's time in whole seconds since 1970. */
  nowSeconds(): number;
  /** Random bytes made once for this store, by name; the same in every process that has it open. */
  secret(name: string): Buffer;
  /** All or nothing, under the write lock from the start; `work` must not be async. Nests. */
  transaction<T>(work: () => T): T;
  /** Forgets all items, upload sessions and contents; users and enterprises stay. */
  clearContents(): void;
  /** Nothing may be under way any more. */
  close(): void;
}

export interface StoreOptions {
  /** The folder that holds the state; it is made if absent. Without it everything is in memory. */
  dataDir?: string | undefined;
  clock: Clock;
  /** What ids and secrets are drawn from, and the number of this opening. @default true chance */
  seed?: number | undefined;
  /** The largest file of each new user. @default that of Box's Enterprise plan */
  maxUploadBytes?: number | undefined;
}

/** What Box's Enterprise plan allows. */
const enterprisePlanBytes = 53_687_091_200;

/** Opens the state of an emulated Box, making it when it is new. The caller closes it. */
export function openStore({ dataDir, clock, seed, maxUploadBytes }: StoreOptions): Store {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const database = openDatabase(dataDir === undefined ? ':memory:' : join(dataDir, 'box.sqlite'));
  const chance = seed === undefined ? trueChance() : ownChance(database, seed);
  const nowSeconds = () => Math.floor(clock.now() / 1000);
  const users = openUsers(database, nowSeconds, maxUploadBytes ?? enterprisePlanBytes);
  const items = openItems(database, users.addSpace);
  const versions = openVersions(database);
  const blobs = openBlobs({
    directory: dataDir,
    isReferred: (sha1) => versions.holdContents(sha1),
  });
  const findSecret = database.prepare<{ value: Uint8Array }>(
    'SELECT value FROM secrets WHERE name = ?',
  );
  const insertSecret = database.prepare('INSERT INTO secrets VALUES (?, ?)');
  const store: Store = {
    db: database.connection,
    chance,
    users,
    items,
    listing: openListing(database),
    versions,
    sharedLinks: openSharedLinks(database),
    uploadSessions: openUploadSessions(database),
    collaborations: openCollaborations(database, nowSeconds, () => items.takeIds(1)),
    groups: openGroups(database, () => items.takeIds(1)),
    directory: openUserDirectory(database, nowSeconds, () => items.takeIds(1)),
    invites: openInvites(database, () => items.takeIds(1)),
    allowlist: openAllowlist(database, () => items.takeIds(1)),
    terms: openTerms(database, () => items.takeIds(1)),
    storageAssignments: openStorageAssignments(database),
    ownership: openOwnership(database),
    rootListing: openRootListing(database),
    comments: openComments(database),
    fileRequests: openFileRequests(database),
    workflows: openWorkflows(database),
    appItems: openAppItems(database),
    folderLocks: openFolderLocks(database),
    representations: openRepresentations(database),
    tasks: openTasks(database),
    watermarks: openWatermarks(database),
    zipDownloads: openZipDownloads(database),
    events: openEvents(database, {
      chance: chance.fork('events'),
      notesAtOnce: seed !== undefined,
    }),
    webhooks: openWebhooks(database),
    favorites: openFavorites(database, () => items.takeIds(1)),
    metadata: openMetadata(database, chance),
    searchIndex: openSearchIndex(database),
    blobs,
    nowSeconds,
    transaction: database.transaction,
    secret: (name) =>
      database.transaction(() => {
        const found = findSecret.get(name);
        if (found) return Buffer.from(found.value);
        const made = chance.fork(`secret ${name}`).bytes(32);
        insertSecret.run(name, made);
        return made;
      }),
    clearContents: () => {
      store.events.flush();
      database.transaction(() => {
        for (const table of [...peopleTables, ...contentTables])
          database.connection.exec(`DELETE FROM ${table}`);
        database.connection.exec('UPDATE users SET space_used = 0, root_size = 0');
        store.events.clear();
      });
      blobs.clear();
    },
    close: () => {
      store.events.flush();
      database.close();
      blobs.close();
    },
  };
  return store;
}

/** Each opening of the same state draws something else: ids are never to come again. */
function ownChance({ prepare, transaction }: Database, seed: number): Chance {
  const opening = prepare<{ value: number }>(
    `INSERT INTO sequences VALUES ('opening', 1)
     ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`,
  );
  return seededChance(`${seed}.${transaction(() => opening.get()?.value)}`);
}

const contentTables = [
  'items',
  'versions',
  'shared_links',
  'upload_sessions',
  'upload_parts',
  ...metadataTables,
  ...webhookTables,
  ...favoriteTables,
  ...commentTables,
  ...fileRequestTables,
  ...workflowTables,
  ...appItemTables,
  ...itemMarkTables,
  ...previewTables,
  ...taskTables,
  ...zipTables,
  ...childCountTables,
  ...searchTables,
];
