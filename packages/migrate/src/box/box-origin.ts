/** Another Box account, as the origin of an upload: contents by version, so that nothing changes while it is read. */
import {
  type BoxClient,
  BoxConnectionError,
  type BoxFile,
  type BoxFileVersion,
  isBoxError,
} from '@boxhaul/client';
import {
  type EarlierState,
  type Origin,
  type OriginEntry,
  type Source,
  type StreamedFile,
  streamedSource,
  TransferFailure,
  type TransferResult,
} from '@boxhaul/transfer';
import { type BoxEntry, boxEntry, entryOf, LISTED_FIELDS } from './listed.ts';

/** A file or folder of the source; of a folder itself, or what is in it. */
export interface BoxPlace {
  readonly type: 'file' | 'folder';
  readonly id: string;
  /** What is in the folder, and not the folder under its own name; the root folder has no other way. */
  readonly isContents?: boolean;
}

/** What reading another Box takes. */
export interface BoxOriginOptions {
  /** Acts as a user of the source, who may see and download what is to come along. */
  readonly client: BoxClient;
  readonly places: readonly BoxPlace[];
  /** What tells this account from others, the same in each run; no secrets. */
  readonly account: string;
  /** Files come as they are now, without what they were before. @default false */
  readonly withoutVersions?: boolean;
}

/**
 * Files, folders and web links of another Box account. SHA-1s are taken from its listings, so that what is in the target
 * already is not read; what is read is proven by them. Versions come as earlier states, oldest first.
 *
 * @example
 * ```ts
 * import { boxOrigin } from '@boxhaul/migrate';
 * import { upload } from '@boxhaul/transfer';
 *
 * const places = [{ type: 'folder', id: folderId }] as const;
 * const sources = boxOrigin({ client, places, account: 'work' });
 * const { id } = await client.folders.create({ name: 'Copy', parentId: '0' });
 * const report = await upload({ client, sources, folderId: id, mode: 'update' });
 * console.log(report.transferred);
 * ```
 */
export function boxOrigin({
  client,
  places,
  account,
  withoutVersions = false,
}: BoxOriginOptions): Origin {
  return {
    identity: [
      account,
      ...places.map(({ type, id, isContents }) => `${type}/${id}${isContents ? '/' : ''}`),
    ],
    top: ({ signal }) => readPlaces(client, places, signal),
    list: (folder, { signal }) => listFolder(client, boxEntry(folder).item.id, signal),
    facts: async ({ facts }) => facts,
    open: async (entry, signal) => openFile(client, account, boxEntry(entry), signal),
    earlier: async (entry, signal) =>
      withoutVersions ? [] : await earlierStates(client, boxEntry(entry), signal),
  };
}

async function readPlaces(
  client: BoxClient,
  places: readonly BoxPlace[],
  signal: AbortSignal,
): Promise<{ entries: OriginEntry[]; failed: TransferResult[] }> {
  const entries: OriginEntry[] = [];
  for (const { type, id, isContents } of places) {
    const options = { fields: LISTED_FIELDS, signal };
    if (type === 'file') entries.push(entryOf(await client.files.get(id, options)));
    else if (isContents || id === '0') entries.push(...(await listFolder(client, id, signal)));
    else entries.push(entryOf(await client.folders.get(id, options)));
  }
  return { entries: entries.map((entry) => ({ ...entry, isTop: true })), failed: [] };
}

async function listFolder(
  client: BoxClient,
  id: string,
  signal: AbortSignal,
): Promise<readonly OriginEntry[]> {
  const entries: OriginEntry[] = [];
  try {
    for await (const item of client.folders.items(id, { fields: LISTED_FIELDS, signal })) {
      entries.push(entryOf(item));
    }
  } catch (error) {
    throw ofSource(error);
  }
  return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function openFile(
  client: BoxClient,
  account: string,
  { item, version }: BoxEntry,
  signal: AbortSignal,
): Source {
  if (item.type !== 'file') throw new TransferFailure('special-file', 'it is no file');
  return streamedSource(
    version ? versionOf(client, account, item, version) : fileOf(client, account, item),
    {
      signal,
    },
  );
}

function fileOf(client: BoxClient, account: string, file: BoxFile): StreamedFile {
  const { id, sha1, size = 0, file_version: version } = file;
  return {
    ...contentsOf(client, account, id, { sha1, sizeBytes: size, versionId: version?.id }),
    ...timesOf(file.content_created_at, file.content_modified_at),
  };
}

/** Of past versions Box tells when they came to Box, and not which time their contents had. */
function versionOf(
  client: BoxClient,
  account: string,
  file: BoxFile,
  { id: versionId, sha1, size = 0, created_at, modified_at }: BoxFileVersion,
): StreamedFile {
  return {
    ...contentsOf(client, account, file.id, { sha1, sizeBytes: size, versionId }),
    ...timesOf(file.content_created_at, modified_at ?? created_at),
  };
}

function contentsOf(
  client: BoxClient,
  account: string,
  id: string,
  {
    sha1,
    sizeBytes,
    versionId,
  }: { sha1: string; sizeBytes: number; versionId: string | undefined },
): StreamedFile {
  return {
    key: `${account} file/${id}/${versionId ?? 'now'}`,
    fingerprint: sha1,
    // Box has told the SHA-1: there is nothing to remember.
    isSettled: false,
    sizeBytes,
    sha1,
    look: async () => sha1,
    async *stream(offset, signal) {
      if (sizeBytes === 0) return;
      try {
        const range = offset === 0 ? undefined : { start: offset };
        const { body } = await client.files.download(id, { versionId, range, signal });
        yield* body;
      } catch (error) {
        // It goes on where the line broke.
        if (error instanceof BoxConnectionError) throw new Error(error.message, { cause: error });
        throw ofSource(error);
      }
    },
  };
}

function timesOf(created: string | null | undefined, modified: string | null | undefined) {
  const createdMs = Date.parse(created ?? '');
  const modifiedMs = Date.parse(modified ?? '');
  return {
    ...(!Number.isNaN(createdMs) && { createdMs }),
    ...(!Number.isNaN(modifiedMs) && { modifiedMs }),
  };
}

async function earlierStates(
  client: BoxClient,
  { name, item }: BoxEntry,
  signal: AbortSignal,
): Promise<readonly EarlierState[]> {
  if (item.type !== 'file' || item.version_number === '1') return [];
  const fields = ['sha1', 'size', 'created_at', 'modified_at', 'trashed_at'];
  try {
    const versions = await Array.fromAsync(client.fileVersions.list(item.id, { fields, signal }));
    // The latest comes first; what is in the trash was to be no more.
    return versions
      .filter(({ trashed_at }) => typeof trashed_at !== 'string')
      .reverse()
      .map((version) => {
        const entry: BoxEntry = { ...entryOf(item), name, version };
        return { entry, sha1: version.sha1 };
      });
  } catch (error) {
    throw ofSource(error);
  }
}

/** What the source refuses is not what the target says. */
export function ofSource(error: unknown): unknown {
  if (!isBoxError(error) || error.recovery === 'stop') return error;
  const words = `the source: ${error.message}`;
  if (error.status === 404) return new TransferFailure('not-found', words, { cause: error });
  if (error.status === 403) return new TransferFailure('no-permission', words, { cause: error });
  return new TransferFailure('box-error', words, { cause: error });
}
