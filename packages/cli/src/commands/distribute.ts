import { type DistributionTarget, distribute, type UploadMode, type Via } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import type { TypedSealOptions } from '../options/seal-options.ts';
import { formatNumberOf } from '../output/format.ts';
import { printable } from '../output/width.ts';
import { printTemplate, type TemplateFormat } from '../rows/template.ts';
import { sealOptions } from '../transfer/sealing.ts';
import type { SelectionOptions } from '../transfer/selection.ts';
import { assertSourcesSaid, namesOf, sourcesOf } from '../transfer/sources.ts';
import { readTargetList, TARGET_LIST, type TypedTarget } from '../transfer/target-list.ts';
import { runTransfer } from '../transfer/transfer-job.ts';
import { findTargets } from './distribution-targets.ts';

export interface DistributeCommandOptions extends SelectionOptions, TypedSealOptions {
  /** Folders on Box, as typed. */
  readonly to?: readonly string[];
  /** A file of them. */
  readonly toFile?: string;
  readonly template?: TemplateFormat | true;
  readonly mode: UploadMode;
  readonly via: Via;
  /** Makes folders that are not there. */
  readonly parents?: boolean;
}

/** `boxhaul distribute <sources...> --to <folders...>`. */
export async function runDistribute(
  context: CommandContext,
  words: readonly string[],
  options: DistributeCommandOptions,
): Promise<ExitCode> {
  const { template, mode, via } = options;
  if (template !== undefined) {
    printTemplate(context, TARGET_LIST, template === 'jsonl' ? 'jsonl' : 'csv');
    return ExitCode.done;
  }
  if (words.includes('-') && options.toFile === '-') {
    throw new CliError('standard input cannot be both the names to send and the list of folders', {
      ways: ['put one of the two into a file'],
    });
  }
  assertDistributes(words, options);
  const typed = await targetsTyped(context, options);
  const sources = await sourcesOf(context, words, { verb: 'distribute' });
  const seal = await sealOptions(context, options);
  return await runTransfer(context, { ...options, side: 'disk' }, async ({ client }) => {
    const making = { parents: options.parents === true, dryRun: options.dryRun === true };
    const targets = await findTargets(client, typed, making, context);
    return {
      title: `↑ ${namesOf(sources)} → ${wordsFor(targets)} (${mode})`,
      client,
      run: (common) =>
        distribute({ ...common, sources, targets, mode, via, ...(seal && { seal }) }),
    };
  });
}

/** @throws CliError the words do not say both ends */
export function assertDistributes(
  words: readonly string[],
  { to, toFile }: Pick<DistributeCommandOptions, 'to' | 'toFile'>,
): void {
  if (words.length === 0 && to && to.length > 1) throw allAreTargets(to);
  if (to === undefined && toFile === undefined) throw noTargets();
  assertSourcesSaid(words, 'distribute');
}

async function targetsTyped(
  context: CommandContext,
  { to = [], toFile }: DistributeCommandOptions,
): Promise<TypedTarget[]> {
  const listed = toFile === undefined ? [] : await readTargetList(context, toFile);
  const typed = [...to.map((word) => ({ word })), ...listed];
  if (typed.length > 0) return typed;
  throw noTargets();
}

function noTargets(): CliError {
  return new CliError('it is not said where to', {
    ways: [
      "boxhaul distribute … --to '/Customers/*'    or several folders, behind one another",
      'boxhaul distribute … --to-file list.csv    --template shows what is in it',
    ],
  });
}

/** `--to` takes all the words that follow. */
function allAreTargets(to: readonly string[]): CliError {
  return new CliError('it is not said what to send', {
    details: ['all that follows --to is a folder on Box'],
    ways: [`boxhaul distribute ${to.at(-1)} --to ${to.slice(0, -1).join(' ')}`],
  });
}

function wordsFor(targets: readonly DistributionTarget[]): string {
  const [only] = targets;
  if (only && targets.length === 1) return printable(only.label);
  return formatNumberOf(targets.length, 'folder');
}
