/** A manifest as a file has it: what ought to be there, a line each. */
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ManifestEntry } from '@boxhaul/transfer';
import type { CommandContext } from '../context.ts';
import { formatNumberOf } from '../output/format.ts';
import { checkedRow, checkRows } from '../rows/checked-rows.ts';
import { type ColumnNames, columnNames } from '../rows/column-names.ts';
import type { RawRow } from '../rows/raw-row.ts';
import { openRowsFile } from '../rows/rows-file.ts';
import type { RowOf } from '../rows/verb.ts';

const text = (words: string) => ({ kind: 'text', words }) as const;
const choice = (words: string, choices: readonly string[]) =>
  ({ kind: 'choice', words, choices }) as const;

/** What a migration says of what it has brought; a list that is no migration's says nothing of it. */
const CARRIED = ['transferred', 'same', 'made'];

/** The columns that count; a manifest may have more. */
const MANIFEST = {
  name: 'verify',
  shownBy: 'boxhaul verify --help',
  columns: {
    path: { ...text('the path below the folder'), isRequired: true },
    kind: choice('what it is', ['file', 'folder', 'web_link']),
    size: text('bytes'),
    sha1: text('SHA-1 in hex'),
    holdsSize: text('bytes of what is in it, where it is sealed'),
    holdsSha1: text('SHA-1 of that'),
    state: choice('of a migration: what became of it', [...CARRIED, 'skipped', 'failed']),
  },
  check({ kind, size, sha1, holdsSize, holdsSha1, state }: ManifestRow) {
    if (!isFile(kind) || !isCarried(state)) return undefined;
    if (!isSize(size)) return { column: 'size', allowed: SIZE };
    if (!isSha1(sha1)) return { column: 'sha1', allowed: SHA1 };
    if (holdsSize === undefined && holdsSha1 === undefined) return undefined;
    // What is compared of a sealed file is what it holds.
    if (!isSize(holdsSize)) return { column: 'holdsSize', allowed: SIZE };
    return isSha1(holdsSha1) ? undefined : { column: 'holdsSha1', allowed: SHA1 };
  },
} as const;

interface ManifestRow {
  readonly kind?: string | undefined;
  readonly size?: string | undefined;
  readonly sha1?: string | undefined;
  readonly holdsSize?: string | undefined;
  readonly holdsSha1?: string | undefined;
  readonly state?: string | undefined;
}

function isFile(kind = 'file'): boolean {
  return kind === 'file';
}

/** Whether the contents that the line tells of are in Box. */
function isCarried(state = 'same'): boolean {
  return CARRIED.includes(state);
}

const SIZE = 'a number of bytes';
const SHA1 = '40 hex digits';

function isSize(text = ''): boolean {
  return /^\d{1,15}$/.test(text);
}

function isSha1(text = ''): boolean {
  return /^[0-9a-f]{40}$/i.test(text);
}

/** So much is read to see what columns there are. */
const LOOK_BYTES = 64 * 1024;

/** Whether a file is a manifest: a `.csv` or `.jsonl` whose first line has a path and a SHA-1. */
export async function isManifest({ cwd }: CommandContext, path: string): Promise<boolean> {
  if (!/\.(csv|jsonl|ndjson)$/i.test(path)) return false;
  // One that cannot be opened is told of as a source.
  await using file = await open(resolve(cwd, path)).catch(() => undefined);
  if (!file) return false;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOK_BYTES), 0, LOOK_BYTES, 0);
  const [first = ''] = buffer
    .toString('utf8', 0, bytesRead)
    .replace(/^\ufeff/, '')
    .split('\n');
  return /"?\bpath\b/i.test(first) && /"?\bsha1\b/i.test(first);
}

/**
 * Reads a manifest. Each line is checked before the first is given; files that a migration did not bring are counted
 * aloud, since nobody knows what they ought to be.
 * @throws CliError it cannot be read, or lines of it are wrong: each is named
 */
export async function* readManifest(
  context: CommandContext,
  path: string,
): AsyncGenerator<ManifestEntry, void, undefined> {
  await using file = await openRowsFile(
    context,
    path,
    withOthers(columnNames(MANIFEST.columns, [])),
  );
  const { title } = file;
  await checkRows(MANIFEST, file.rows(), { title, output: context.output });
  let unknown = 0;
  for await (const raw of file.rows()) {
    const { kind, state } = checkedRow(MANIFEST, raw);
    if (isFile(kind) && !isCarried(state)) unknown += 1;
    yield entryOf(raw);
  }
  if (unknown === 0) return;
  const files = formatNumberOf(unknown, 'file');
  context.output.say(`${files} of ${title} did not come into Box by it, and will not be compared`);
}

function entryOf(raw: RawRow): ManifestEntry {
  const row: RowOf<typeof MANIFEST.columns> = checkedRow(MANIFEST, raw);
  const { path, kind, size, sha1, holdsSize, holdsSha1, state } = row;
  if (kind === 'folder' && isCarried(state)) return { kind, path };
  if (!isFile(kind) || !isCarried(state)) return { kind: 'unknown', path };
  // Sealed files are compared by what they hold.
  if (holdsSha1) return { kind: 'file', path, sizeBytes: Number(holdsSize), sha1: holdsSha1 };
  return { kind: 'file', path, sizeBytes: Number(size), sha1: sha1 ?? '' };
}

function withOthers(names: ColumnNames): ColumnNames {
  return {
    find: names.find,
    problemsOf: (given, line, how) =>
      names.problemsOf(
        given.filter((name) => names.find(name) !== undefined),
        line,
        how,
      ),
  };
}
