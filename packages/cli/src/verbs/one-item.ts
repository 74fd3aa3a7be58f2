/** cat, head, who, thumb: what they take. What they do is in `commands/`. */
import { type Command, Option } from 'commander';
import type { HeadCommandOptions } from '../commands/head.ts';
import type { ThumbCommandOptions } from '../commands/thumb.ts';
import type { WhoCommandOptions } from '../commands/who.ts';
import { byteExtent } from '../options/byte-extent.ts';
import { size, wholeNumber } from '../options/option-values.ts';
import { finish, type Start } from './start.ts';

/** Commands that look at items one by one. */
export function addOneItemVerbs(program: Command, start: Start): void {
  addCat(program, start);
  addHead(program, start);
  addWho(program, start);
  addThumb(program, start);
}

const FILES = 'files: addresses, ids, paths, or globs';

function addCat(program: Command, start: Start): void {
  const cat = program
    .command('cat')
    .summary('the contents of files')
    .description(
      'Write the contents of files on Box to standard output, one after the other. The SHA-1 of each\n' +
        'is compared at its end; a connection that breaks is taken up where it was.',
    )
    .argument('<files...>', FILES);
  finish(cat, [
    'boxhaul cat /Team/notes.txt --local',
    "boxhaul cat '/Logs/2026-11-*.log' | grep -c ERROR",
    'boxhaul cat https://acme.box.com/file/123 > copy.pdf',
  ]).action((files: string[]) =>
    start(cat, async (context) => {
      const { runCat } = await import('../commands/cat.ts');
      return runCat(context, files);
    }),
  );
}

function addHead(program: Command, start: Start): void {
  const head = program
    .command('head')
    .summary('the beginning of files, or any part of them')
    .description(
      'Write the first lines or bytes of files on Box, and fetch little more than those.',
    )
    .argument('<files...>', FILES)
    .option('-n, --lines <n>', 'so many lines (10)', wholeNumber(0, Number.MAX_SAFE_INTEGER))
    .option('-b, --bytes <size>', 'so many bytes: 512, 10KB', size)
    .option(
      '--range <range>',
      'these bytes: 0-1023, 1MB- (to the end), -512 (the last)',
      byteExtent,
    );
  finish(head, [
    'boxhaul head /Team/notes.txt --local',
    'boxhaul head -n 1 /Exports/*.csv',
    'boxhaul head --range -22 /Backups/all.zip | xxd',
  ]).action((files: string[], options: HeadCommandOptions) =>
    start(head, async (context) => {
      const { runHead } = await import('../commands/head.ts');
      return runHead(context, files, options);
    }),
  );
}

function addWho(program: Command, start: Start): void {
  const who = program
    .command('who')
    .summary('who may do what with a file or folder')
    .description(
      'List the owner and the collaborators of files and folders on Box, and those who come with the\n' +
        'folders above.',
    )
    .argument('<places...>', 'files and folders: addresses, ids, paths, or globs')
    .option('--own', 'only those of the item itself: a call less for each folder above');
  finish(who, [
    'boxhaul who /Team --local',
    'boxhaul who /Team/Reports/q3.xlsx',
    "boxhaul who '/Clients/*/' --own --json",
  ]).action((places: string[], options: WhoCommandOptions) =>
    start(who, async (context) => {
      const { runWho } = await import('../commands/who.ts');
      return runWho(context, places, options);
    }),
  );
}

function addThumb(program: Command, start: Start): void {
  const thumb = program
    .command('thumb')
    .summary('small pictures of files, or other forms of them')
    .description(
      'Bring the thumbnail of files on Box, or a form that Box makes of them: a PDF, pictures of pages,\n' +
        'their text. Box is waited for while it makes it.',
    )
    .argument('<files...>', FILES)
    .option(
      '-o, --output <file>',
      'where to put it: a file, a folder (by default .), - to print it',
    )
    .option('--force', 'replace what is there')
    .option('--size <pixels>', 'at least so wide and high', wholeNumber(32, 320))
    .addOption(
      new Option('--format <format>', 'of the thumbnail').choices(['png', 'jpg']).default('png'),
    )
    .option('--representation <form>', 'bring this instead: pdf, png?dimensions=1024x1024')
    .option('--page <n>', 'which page of it, where there are pages (1)', wholeNumber(1, 100_000))
    .option('--list', 'say which forms there are');
  finish(thumb, [
    'boxhaul thumb /Team/photo.jpg --local',
    "boxhaul thumb '/Team/photos/*.jpg' -o ./pictures --size 256",
    'boxhaul thumb /Team/report.docx --list',
    'boxhaul thumb /Team/report.docx --representation pdf -o report.pdf',
  ]).action((files: string[], options: ThumbCommandOptions) =>
    start(thumb, async (context) => {
      const { runThumb } = await import('../commands/thumb.ts');
      return runThumb(context, files, options);
    }),
  );
}
