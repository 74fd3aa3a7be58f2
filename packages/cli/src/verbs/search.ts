/** search: what it takes. What it does is in `commands/search.ts`. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { SearchCommandOptions } from '../commands/search.ts';
import { metadataCondition } from '../options/metadata-filter.ts';
import { moment } from '../options/moment.ts';
import { extensions, repeated, size, users, wholeNumber } from '../options/option-values.ts';
import { finish, type Start } from './start.ts';

export function addSearch(program: Command, start: Start): void {
  const search = program
    .command('search')
    .summary('find items by words, metadata and more')
    .description(
      "Ask Box's index for words in names, descriptions, contents, comments and tags. It knows new things\n" +
        'only after some minutes; `boxhaul find` looks at what is there now.',
    )
    .argument(
      '[words...]',
      'words; AND, OR, NOT in capitals; "..." around words that follow each other',
    )
    .option(
      '--in <folder>',
      'only below it: address, id, path, or glob; may be given often',
      repeated,
    )
    .addOption(new Option('--kind <kind>', 'only these').choices(['file', 'folder', 'web_link']))
    .option('--ext <list>', 'only files with these extensions: pdf,docx', extensions)
    .option('--look-in <list>', `where to look for the words: ${PARTS.join(',')}`, parts)
    .option(
      '--metadata <condition>',
      'enterprise.contract.state=signed; also >= and <=; may be given often',
      metadataCondition,
    )
    .optionsGroup('Sizes, times (2026-01-31, or 30d ago) and people (ids or logins):')
    .option('--min-size <size>', 'as large or larger', size)
    .option('--max-size <size>', 'as large or smaller', size)
    .option('--created-after <time>', 'when it came to Box', moment)
    .option('--created-before <time>', 'the same', moment)
    .option('--changed-after <time>', 'when it was last changed', moment)
    .option('--changed-before <time>', 'the same', moment)
    .option('--deleted-after <time>', 'when it went to the trash', moment)
    .option('--deleted-before <time>', 'the same', moment)
    .option('--owner <list>', 'whose it is', users)
    .option('--changed-by <list>', 'who changed it last', users)
    .option('--deleted-by <list>', 'who put it into the trash', users)
    .optionsGroup('Options:')
    .addOption(
      new Option('--trash <how>', 'whether to search the trash').choices([
        'without',
        'only',
        'too',
      ]),
    )
    .option('--enterprise', "everyone's, where Box's support has allowed it to the app")
    .option('--shared', 'also what was lately seen through shared links')
    .addOption(
      new Option('--sort <order>', 'what comes first').choices(['relevance', 'newest', 'oldest']),
    )
    .option('--limit <n>', 'no more than so many', wholeNumber(1, 10_000));
  finish(search, [
    'boxhaul search quarterly report --local',
    `boxhaul search '"annual report" AND draft' --in /Team --ext pdf,docx`,
    "boxhaul search --metadata 'enterprise.contract.value>=1000' --changed-after 30d --sort newest",
    'boxhaul search invoice --look-in name --owner ann@example.com --json',
  ]).action((words: string[], options: SearchCommandOptions) =>
    start(search, async (context) => {
      const { runSearch } = await import('../commands/search.ts');
      return runSearch(context, words, options);
    }),
  );
}

const PARTS = ['name', 'description', 'file_content', 'comments', 'tags'] as const;
type Part = (typeof PARTS)[number];

/** `--look-in name,tags`. */
function parts(text: string): readonly Part[] {
  return text.split(',').map((word) => {
    const part = PARTS.find((one) => one === word.trim());
    if (part !== undefined) return part;
    throw new InvalidArgumentError(`"${word}" is none of ${PARTS.join(', ')}.`);
  });
}
