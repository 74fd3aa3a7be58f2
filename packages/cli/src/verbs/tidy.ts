/** Commands that change what is in Box. Each is a declaration of its own in `tidy/`. */
import { type Command, Option } from 'commander';
import type { DedupeCommandOptions } from '../commands/dedupe.ts';
import type { MetaGetOptions, TemplateOptions } from '../commands/meta-reading.ts';
import { wholeNumber } from '../options/option-values.ts';
import { addSelectionOptions } from '../options/selection-options.ts';
import { addGroup } from './group.ts';
import { addRowVerb } from './row-verb.ts';
import { finish, type Start } from './start.ts';
import { comment } from './tidy/comment.ts';
import { copy } from './tidy/copy.ts';
import { dedupe } from './tidy/dedupe.ts';
import { invite } from './tidy/invite.ts';
import { lock } from './tidy/lock.ts';
import { metaRm } from './tidy/meta-rm.ts';
import { metaSet } from './tidy/meta-set.ts';
import { metaTemplateCreate } from './tidy/meta-template-create.ts';
import { metaTemplateDelete } from './tidy/meta-template-delete.ts';
import { metaTemplateUpdate } from './tidy/meta-template-update.ts';
import { mkdir } from './tidy/mkdir.ts';
import { move } from './tidy/move.ts';
import { rm } from './tidy/rm.ts';
import { share } from './tidy/share.ts';
import { trashPurge } from './tidy/trash-purge.ts';
import { trashRestore } from './tidy/trash-restore.ts';
import { unlock } from './tidy/unlock.ts';
import { unshare } from './tidy/unshare.ts';
import { versionsDownload } from './tidy/versions-download.ts';
import { versionsPromote } from './tidy/versions-promote.ts';
import { versionsPrune } from './tidy/versions-prune.ts';

export function addTidyVerbs(program: Command, start: Start): void {
  program.commandsGroup('Tidy');
  addRowVerb(program, start, copy);
  addRowVerb(program, start, move);
  addRowVerb(program, start, rm);
  addRowVerb(program, start, mkdir);
  addDedupe(program, start);
  addTrash(program, start);
  addVersions(program, start);
  addRowVerb(program, start, share);
  addRowVerb(program, start, unshare);
  addRowVerb(program, start, invite);
  addMeta(program, start);
  addRowVerb(program, start, comment);
  addRowVerb(program, start, lock);
  addRowVerb(program, start, unlock);
}

function addDedupe(program: Command, start: Start): void {
  const command = program
    .command(dedupe.name)
    .summary(dedupe.summary)
    .description(dedupe.description)
    .argument('[folders...]', 'where to look: paths, ids, addresses, or globs')
    .addOption(
      new Option('--keep <which>', 'which of several equal files stays')
        .choices(['oldest', 'newest', 'shortest-path'])
        .default('oldest'),
    )
    .option('-y, --yes', 'do it without asking')
    .option('-n, --dry-run', 'say what would be done and do nothing')
    .option('--report <file>', 'write what became of each file into a .csv')
    .option('--concurrency <n>', 'files worked on at the same time (16)', wholeNumber(1, 64));
  addSelectionOptions(command, { ignoring: false });
  finish(command, [
    'boxhaul dedupe /Photos --dry-run',
    'boxhaul dedupe /Photos /Archive --keep shortest-path --min-size 1MB',
    'boxhaul dedupe / --ext .zip,.iso --yes --report gone.csv',
  ]).action((folders: string[], options: DedupeCommandOptions) =>
    start(command, async (context) => {
      const { runDedupe } = await import('../commands/dedupe.ts');
      return runDedupe(context, folders, options);
    }),
  );
}

function addTrash(program: Command, start: Start): void {
  const trash = addGroup(program, 'trash', {
    summary: 'list, restore or delete what is in the trash',
    description: 'What is in the trash of Box, from which it is deleted after some weeks.',
    lines: ['boxhaul trash list', 'boxhaul trash restore old.pdf', 'boxhaul trash purge "*.tmp"'],
  });
  const list = trash
    .command('list')
    .summary('what is in the trash')
    .description('List what is in the trash: size, time of its deletion, id and name.');
  finish(list, ['boxhaul trash list', 'boxhaul trash list --json']).action(() =>
    start(list, async (context) => {
      const { runTrashList } = await import('../commands/trash.ts');
      return runTrashList(context);
    }),
  );
  addRowVerb(trash, start, trashRestore);
  addRowVerb(trash, start, trashPurge);
}

function addVersions(program: Command, start: Start): void {
  const versions = addGroup(program, 'versions', {
    summary: 'list, fetch, bring back or delete old versions',
    description: 'The versions of files: a file has the one that is current, and those before it.',
    lines: [
      'boxhaul versions list /Contracts/lease.pdf',
      'boxhaul versions promote /Contracts/lease.pdf previous',
      'boxhaul versions prune "/Contracts/*.pdf" --keep 5',
    ],
  });
  const list = versions
    .command('list')
    .summary('the versions of files')
    .description('List the versions of files: number, size, time, id, SHA-1, name and who made it.')
    .argument('[files...]', 'files: paths, ids, addresses, or globs');
  finish(list, [
    'boxhaul versions list /Contracts/lease.pdf',
    'boxhaul versions list "/Contracts/*.pdf" --json',
  ]).action((files: string[]) =>
    start(list, async (context) => {
      const { runVersionsList } = await import('../commands/versions.ts');
      return runVersionsList(context, files);
    }),
  );
  addRowVerb(versions, start, versionsDownload);
  addRowVerb(versions, start, versionsPromote);
  addRowVerb(versions, start, versionsPrune);
}

function addMeta(program: Command, start: Start): void {
  const meta = addGroup(program, 'meta', {
    summary: 'metadata of files and folders, and its templates',
    description: 'Metadata: values on files and folders, in the fields of templates.',
    lines: [
      'boxhaul meta get /Contracts/lease.pdf',
      'boxhaul meta set /Contracts/lease.pdf --template-key contract --set state=signed',
      'boxhaul meta template list',
    ],
  });
  addMetaGet(meta, start);
  addRowVerb(meta, start, metaSet);
  addRowVerb(meta, start, metaRm);
  addTemplates(meta, start);
}

function addMetaGet(meta: Command, start: Start): void {
  const get = meta
    .command('get')
    .summary('what files and folders carry')
    .description('Print the metadata of files and folders.')
    .argument('[items...]', 'files and folders: paths, ids, addresses, or globs')
    .option('-t, --template-key <key>', 'only what is of this template');
  finish(get, [
    'boxhaul meta get /Contracts/lease.pdf',
    'boxhaul meta get "/Contracts/*.pdf" --template-key contract --json',
  ]).action((items: string[], options: MetaGetOptions) =>
    start(get, async (context) => {
      const { runMetaGet } = await import('../commands/meta-reading.ts');
      return runMetaGet(context, items, options);
    }),
  );
}

function addTemplates(meta: Command, start: Start): void {
  const template = addGroup(meta, 'template', {
    summary: 'what fields metadata has',
    description: 'Templates of metadata: which fields there are, and what may stand in each.',
    lines: ['boxhaul meta template list', 'boxhaul meta template show contract'],
  });
  const list = template.command('list').summary('all templates').description('List all templates.');
  finish(list.addOption(scopeOption()), [
    'boxhaul meta template list',
    'boxhaul meta template list --scope global --json',
  ]).action((options: TemplateOptions) =>
    start(list, async (context) => {
      const { runTemplateList } = await import('../commands/meta-reading.ts');
      return runTemplateList(context, options);
    }),
  );
  const show = template
    .command('show')
    .summary('the fields of one')
    .description('Print the fields of a template.')
    .argument('<key>', 'its key');
  finish(show.addOption(scopeOption()), [
    'boxhaul meta template show contract',
    'boxhaul meta template show properties --scope global --json',
  ]).action((key: string, options: TemplateOptions) =>
    start(show, async (context) => {
      const { runTemplateShow } = await import('../commands/meta-reading.ts');
      return runTemplateShow(context, key, options);
    }),
  );
  addRowVerb(template, start, metaTemplateCreate);
  addRowVerb(template, start, metaTemplateUpdate);
  addRowVerb(template, start, metaTemplateDelete);
}

function scopeOption(): Option {
  return new Option('--scope <whose>', "whose: the enterprise's, or Box's")
    .choices(['enterprise', 'global'])
    .default('enterprise');
}
