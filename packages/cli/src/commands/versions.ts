import type { BoxClient, BoxFile, BoxFileVersion } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { eachPlace } from '../looking/each-place.ts';
import { formatBytes, formatNumberOf } from '../output/format.ts';
import { localTime } from '../output/local-time.ts';
import { openProblems } from '../output/problems.ts';
import { room } from '../output/room.ts';
import { printable } from '../output/width.ts';
import { type FoundPlace, openPlaces } from '../places/box-places.ts';
import type { Doing } from '../rows/verb.ts';
import type { VersionsPromoteRow } from '../verbs/tidy/versions-promote.ts';
import type { VersionsPruneRow } from '../verbs/tidy/versions-prune.ts';
import { wordsOf } from './items.ts';

const FIELDS = ['version_number', 'name', 'size', 'created_at', 'modified_by', 'trashed_at'];

/** `boxhaul versions list`: the current one, then those before it. */
export async function runVersionsList(
  context: CommandContext,
  words: readonly string[],
): Promise<ExitCode> {
  const { signal } = context;
  if (words.length === 0) {
    throw new CliError('it is not said of which file', {
      ways: ['boxhaul versions list /Contracts/lease.pdf'],
    });
  }
  const connection = await openConnection(context);
  try {
    const problems = openProblems(context);
    const places = openPlaces(connection.client, { expect: 'file', signal });
    await eachPlace(words, places, problems, (place) => listVersions(context, place, words.length));
    return problems.exitCode;
  } finally {
    await connection.close();
  }
}

async function listVersions(
  { output, stdout, signal }: CommandContext,
  place: FoundPlace,
  words: number,
): Promise<void> {
  const { item, client } = place;
  if (words > 1 || place.isMatch) output.print(output.style.bold(`${printable(wordsOf(place))}:`));
  for await (const version of allVersions(client, item.id, signal)) {
    const { id, number, sha1, name, bytes, createdAt, by, isCurrent } = version;
    output.event('version', { file: item.id, path: place.path, ...version });
    const line = [
      String(number ?? '').padStart(5),
      formatBytes(bytes ?? 0).padStart(10),
      localTime(createdAt),
      id.padEnd(13),
      sha1.slice(0, 10),
      printable(`${name ?? ''}${by === undefined ? '' : `   ${by}`}`),
      ...(isCurrent ? [output.style.green('current')] : []),
    ];
    output.print(line.join('  '));
    await room(stdout, signal);
  }
}

interface Version {
  readonly id: string;
  readonly number?: number | undefined;
  readonly sha1: string;
  readonly name?: string | undefined;
  readonly bytes?: number | undefined;
  readonly createdAt?: string | undefined;
  readonly by?: string | undefined;
  readonly isCurrent: boolean;
}

async function* allVersions(
  client: BoxClient,
  fileId: string,
  signal: AbortSignal,
): AsyncGenerator<Version> {
  const file = await client.files.get(fileId, {
    fields: [
      'file_version',
      'version_number',
      'name',
      'size',
      'sha1',
      'modified_at',
      'modified_by',
    ],
    signal,
  });
  yield currentVersion(file);
  for await (const version of client.fileVersions.list(fileId, { fields: FIELDS, signal })) {
    if (!version.trashed_at) yield pastVersion(version);
  }
}

function currentVersion(file: BoxFile): Version {
  const { file_version: version, version_number: number, size, modified_at: at } = file;
  return {
    id: version?.id ?? '',
    number: numberOf(number),
    sha1: file.sha1,
    name: file.name,
    bytes: size,
    createdAt: at ?? undefined,
    by: file.modified_by?.login,
    isCurrent: true,
  };
}

function pastVersion(version: BoxFileVersion): Version {
  const { id, sha1, name, size, created_at: createdAt, version_number: number } = version;
  return {
    id,
    number: numberOf(number),
    sha1,
    name,
    bytes: size,
    createdAt,
    by: version.modified_by?.login,
    isCurrent: false,
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/**
 * A past version, by its number, its id, or as the one before the current.
 * @throws CliError there is none
 */
export async function pastVersionOf(
  { item, client, ...place }: FoundPlace,
  wanted: string,
  signal: AbortSignal,
): Promise<Version> {
  const past: Version[] = [];
  for await (const version of client.fileVersions.list(item.id, { fields: FIELDS, signal })) {
    if (!version.trashed_at) past.push(pastVersion(version));
  }
  past.sort(newestFirst);
  const found =
    wanted === 'previous'
      ? past[0]
      : past.find(({ id, number }) => id === wanted || String(number) === wanted);
  if (found) return found;
  const words = wordsOf({ item, ...place });
  throw new CliError(`${words} has no past version "${printable(wanted)}"`, {
    details: [`it has ${formatNumberOf(past.length, 'past version')}`],
    ways: [`boxhaul versions list ${words}`],
  });
}

function newestFirst(one: Version, other: Version): number {
  const ageOf = ({ createdAt }: Version) => Date.parse(createdAt ?? '') || 0;
  return ageOf(other) - ageOf(one) || (other.number ?? 0) - (one.number ?? 0);
}

/** `boxhaul versions promote`. */
export const promote: Doing<VersionsPromoteRow> = {
  async find({ path, version: wanted }, context) {
    const place = await context.file(path);
    const { item, client } = place;
    const { signal } = context;
    const version = await pastVersionOf(place, wanted, signal);
    const current = await client.files.get(item.id, { fields: ['sha1', 'name'], signal });
    const words = `${wordsOf(place)}   version ${version.number ?? version.id}`;
    if (current.sha1 === version.sha1 && current.name === version.name) {
      return { words, because: 'its contents are those of the file now' };
    }
    return {
      words,
      subject: { fileId: item.id, sha1: version.sha1 },
      make: async () => ({
        id: (await client.fileVersions.promote(item.id, version.id, { signal })).id,
      }),
    };
  },

  /** What was the previous version then is another one when it is done. */
  async isMade({ path, version }, { subject }, { client, signal }) {
    const { fileId = '', sha1 } = subject;
    const fields = ['sha1', 'file_version'];
    const file = await client.files.get(fileId, { fields, signal });
    if (file.sha1 !== sha1) return undefined;
    return { id: file.file_version?.id ?? fileId, words: `${path}   version ${version}` };
  },
};

/** `boxhaul versions prune`. */
export const prune: Doing<VersionsPruneRow> = {
  async find({ path, keep = 0, olderThan = 0 }, context) {
    const place = await context.file(path);
    const { item, client } = place;
    const { signal } = context;
    const past: Version[] = [];
    for await (const version of client.fileVersions.list(item.id, { fields: FIELDS, signal })) {
      if (!version.trashed_at) past.push(pastVersion(version));
    }
    const before = Date.now() - olderThan;
    const old = past
      .sort(newestFirst)
      .slice(keep)
      .filter(({ createdAt }) => Date.parse(createdAt ?? '') <= before);
    const bytes = old.reduce((sum, version) => sum + (version.bytes ?? 0), 0);
    const words = `${wordsOf(place)}   ${formatNumberOf(old.length, 'version')}, ${formatBytes(bytes)}`;
    if (old.length === 0) return { words, because: 'it has no version that is to go' };
    return {
      words,
      make: async () => {
        for (const { id } of old) await client.fileVersions.delete(item.id, id, { signal });
        return { id: item.id, fields: { versions: old.length, bytes } };
      },
    };
  },
};
