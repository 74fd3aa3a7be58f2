import { walkBox } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { type Duplicate, Duplicates, type KeepRule } from '../looking/duplicates.ts';
import { eachPlace } from '../looking/each-place.ts';
import { formatBytes, formatNumberOf } from '../output/format.ts';
import { openProblems, type Problems } from '../output/problems.ts';
import { printable } from '../output/width.ts';
import { type FoundPlace, openPlaces } from '../places/box-places.ts';
import { type DoingOptions, doRows } from '../rows/do-rows.ts';
import type { RawRow } from '../rows/raw-row.ts';
import { type ChoiceOptions, selectionFilter } from '../transfer/selection.ts';
import { dedupe } from '../verbs/tidy/dedupe.ts';

export interface DedupeCommandOptions extends ChoiceOptions, DoingOptions {
  readonly keep: KeepRule;
}

/** `boxhaul dedupe <folders…>`. */
export async function runDedupe(
  context: CommandContext,
  words: readonly string[],
  options: DedupeCommandOptions,
): Promise<ExitCode> {
  if (words.length === 0) {
    throw new CliError('it is not said where to look for files that are there twice', {
      ways: ['boxhaul dedupe /Photos --dry-run', 'boxhaul dedupe / --dry-run    looks everywhere'],
    });
  }
  const { output, signal, cwd } = context;
  const filter = await selectionFilter(options, { side: 'box', cwd });
  const connection = await openConnection(context);
  using found = new Duplicates();
  try {
    const problems = openProblems(context);
    const places = openPlaces(connection.client, { expect: 'folder', signal });
    await eachPlace(words, places, problems, (place) =>
      look(place, { found, problems, filter, signal }),
    );
    const { count, bytes, names } = sumOf(found.all(options.keep));
    if (count === 0) {
      output.say('no file is there more than once');
      return problems.exitCode;
    }
    output.say(`${formatNumberOf(count, 'file')} could go: ${formatBytes(bytes)}`);
    const exitCode = await doRows(
      context,
      connection,
      dedupe,
      {
        rows: () => rowsOf(found.all(options.keep)),
        named: ({ cells }) => String(cells.path),
        checked: { count, destroying: count, forEver: 0, names },
        isInputTaken: false,
      },
      options,
    );
    return exitCode === ExitCode.done ? problems.exitCode : exitCode;
  } finally {
    await connection.close();
  }
}

interface Looking {
  readonly found: Duplicates;
  readonly problems: Problems;
  readonly filter: Awaited<ReturnType<typeof selectionFilter>>;
  readonly signal: AbortSignal;
}

const FIELDS = ['sha1', 'size', 'created_at'];

async function look(
  { item: folder, client, path }: FoundPlace,
  { found, problems, filter, signal }: Looking,
): Promise<void> {
  const base = path ?? (await client.folders.path(folder.id, { signal }));
  const pathOf = (below: string) => `${base === '/' ? '' : base}/${below}`;
  for await (const one of walkBox({
    client,
    folderId: folder.id,
    filter,
    fields: FIELDS,
    signal,
  })) {
    if (one.type !== 'item') {
      if (one.failed === undefined) continue;
      const why = `${pathOf(one.path)} could not be listed: ${one.failed.words}`;
      problems.report(new CliError(printable(why)));
    } else if (one.item.type === 'file' && one.item.size) {
      const { id, sha1, size: sizeBytes, created_at: createdAt } = one.item;
      const createdMs = Date.parse(createdAt ?? '') || 0;
      found.add({ id, path: pathOf(one.path), sha1, sizeBytes, createdMs });
    }
  }
}

function sumOf(duplicates: Iterable<Duplicate>) {
  const names: string[] = [];
  let [count, bytes] = [0, 0];
  for (const { file } of duplicates) {
    count += 1;
    bytes += file.sizeBytes;
    if (names.length < 3) names.push(printable(file.path));
  }
  return { count, bytes, names };
}

async function* rowsOf(duplicates: Iterable<Duplicate>): AsyncGenerator<RawRow> {
  let number = 0;
  for (const { file, kept } of duplicates) {
    number += 1;
    const { path, id, sha1 } = file;
    yield { number, cells: { path, id, sha1, keptPath: kept.path, keptId: kept.id } };
  }
}
