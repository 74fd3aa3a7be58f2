/** `--users`: who of the source is whom in the target, checked before anything begins. */
import { UserMap, type UserPair } from '@boxhaul/migrate';
import type { CommandContext } from '../context.ts';
import { checkedRow, checkRows } from '../rows/checked-rows.ts';
import { columnNames } from '../rows/column-names.ts';
import { openRowsFile } from '../rows/rows-file.ts';

/** The columns of such a file. */
export const USER_LIST = {
  name: 'migrate',
  columns: {
    old: {
      kind: 'text',
      words: 'a login of the source, or *@old.example for all of a domain',
      example: 'ann@old.example',
      isRequired: true,
    },
    new: {
      kind: 'text',
      words: 'the same in the target, or *@new.example; empty leaves them out',
      example: 'ann@new.example',
    },
  },
  check({ old, new: to = '' }: { readonly old: string; readonly new?: string | undefined }) {
    const stars = (text: string) => text.split('*').length - 1;
    if (stars(old) > 1) return { column: 'old', allowed: 'one * at most' };
    if (stars(to) <= stars(old)) return undefined;
    return { column: 'new', allowed: 'a * only where the old login has one' };
  },
} as const;

/** Whoever writes a list of files names the target's people. */
const AS_THEY_ARE: UserPair = { from: '*', to: '*' };

/**
 * @param isOtherBox the people of the source are another enterprise's, and nobody among them is guessed
 * @throws CliError it cannot be read, or rows of it are wrong: each is named with its line
 */
export async function readUserList(
  context: CommandContext,
  path: string | undefined,
  { isOtherBox }: { readonly isOtherBox: boolean },
): Promise<UserMap> {
  const others = isOtherBox ? [] : [AS_THEY_ARE];
  if (path === undefined) return new UserMap(others);
  await using file = await openRowsFile(context, path, columnNames(USER_LIST.columns, []));
  const { title } = file;
  await checkRows(USER_LIST, file.rows(), { title, output: context.output });
  const pairs: UserPair[] = [...others];
  for await (const raw of file.rows()) {
    const { old: from, new: to = '' } = checkedRow(USER_LIST, raw);
    pairs.push({ from, to });
  }
  return new UserMap(pairs);
}
