/** `--to-file`: the folders that a distribution goes to, checked before anything begins. */
import type { CommandContext } from '../context.ts';
import { checkedRow, checkRows } from '../rows/checked-rows.ts';
import { columnNames } from '../rows/column-names.ts';
import { openRowsFile } from '../rows/rows-file.ts';

/** The columns of such a file. */
export const TARGET_LIST = {
  name: 'distribute',
  columns: {
    folder: {
      kind: 'place',
      words: 'the folder on Box: its address, its id, or its path',
      example: '/Customers/Acme',
      isRequired: true,
    },
    name: { kind: 'text', words: 'what reports call it (by default its path or id)' },
  },
  check({ name }: { readonly name?: string | undefined }) {
    const isGood = name === undefined || /^(?!.*\/\/).*[^/]$/.test(name);
    return isGood ? undefined : { column: 'name', allowed: 'a name without // or a / at its end' };
  },
} as const;

/** A folder on Box as somebody wrote it. */
export interface TypedTarget {
  readonly word: string;
  readonly name?: string | undefined;
  /** Of the list, from 1. */
  readonly line?: number | undefined;
}

/** @throws CliError it cannot be read, or rows of it are wrong: each is named with its line */
export async function readTargetList(
  context: CommandContext,
  path: string,
): Promise<TypedTarget[]> {
  await using file = await openRowsFile(context, path, columnNames(TARGET_LIST.columns, []));
  const { title } = file;
  await checkRows(TARGET_LIST, file.rows(), { title, output: context.output });
  const targets: TypedTarget[] = [];
  for await (const raw of file.rows()) {
    const { folder: word, name } = checkedRow(TARGET_LIST, raw);
    targets.push({ word, name, line: raw.line });
  }
  return targets;
}
