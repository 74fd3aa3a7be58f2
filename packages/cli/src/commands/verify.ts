import { parseReference } from '@boxhaul/client';
import {
  manifestOrigin,
  type Origin,
  type TransferEvent,
  type UploadMode,
  upload,
  type VerifyOptions,
  verify,
} from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { isManifest, readManifest } from '../files/manifest-file.ts';
import { inWords, openSource, type SourceOptions } from '../migration/source-address.ts';
import type { TypedSealOptions } from '../options/seal-options.ts';
import { formatNumberOf } from '../output/format.ts';
import { printable } from '../output/width.ts';
import { openPlaces } from '../places/box-places.ts';
import { sealOptions } from '../transfer/sealing.ts';
import type { SelectionOptions } from '../transfer/selection.ts';
import { namesOf } from '../transfer/sources.ts';
import { runTransfer, type TransferJob } from '../transfer/transfer-job.ts';

export interface VerifyCommandOptions extends SelectionOptions, SourceOptions, TypedSealOptions {
  /** Sends what is missing or different. */
  readonly fix?: boolean;
  /** How. */
  readonly mode: UploadMode;
}

/** `boxhaul verify <source> <folder>`. */
export async function runVerify(
  context: CommandContext,
  { source, folder }: { readonly source: string; readonly folder: string },
  options: VerifyCommandOptions,
): Promise<ExitCode> {
  await using expected = await openExpected(context, source, options);
  const { sources, words } = expected;
  const seal = await sealOptions(context, options);
  const sealed = seal && { seal };
  const found = new Differences();
  const target = async (client: TransferJob['client']) => folderNamed(client, folder, context);
  const code = await runTransfer(context, { ...options, side: 'disk' }, async ({ client }) => {
    const { folderId, folderWords } = await target(client);
    return {
      title: `${words} = ${folderWords}?`,
      client,
      run: (common) => {
        const onEvent = (event: TransferEvent) => {
          found.add(event);
          common.onEvent?.(event);
        };
        return inWords(verify({ ...common, sources, folderId, onEvent, ...sealed }));
      },
    };
  });
  if (code === ExitCode.interrupted || found.toSend.length === 0) return code;
  if (!options.fix) {
    const { output } = context;
    output.say(`          ${output.style.cyan('→')} ${expected.mending}`);
    return code;
  }
  const { report: _, onlyFailed: __, ...rest } = options;
  let leftAsTheyWere = 0;
  const sent = await runTransfer(context, { ...rest, side: 'disk' }, async ({ client }) => {
    const { folderId, folderWords } = await target(client);
    const { mode } = options;
    const job = { sources, folderId, mode, only: found.toSend, ...sealed };
    return {
      title: `↑ ${words} → ${folderWords} (${mode})`,
      client,
      run: (common) => {
        const onEvent = (event: TransferEvent) => {
          if (isLeftAsItWas(event)) leftAsTheyWere += 1;
          common.onEvent?.(event);
        };
        return inWords(upload({ ...common, ...job, onEvent }));
      },
    };
  });
  if (found.others > 0) {
    sayLeft(
      found.others,
      'sending does not mend what is only in Box, or called otherwise',
      context,
    );
  }
  if (leftAsTheyWere > 0) {
    sayLeft(leftAsTheyWere, `the mode ${options.mode} sends no new versions`, context);
  }
  const isMended = found.others + leftAsTheyWere === 0;
  return sent === ExitCode.done && !isMended ? ExitCode.failed : sent;
}

/** What was to be sent, and was not: that Box has it by now is as good. */
function isLeftAsItWas(event: TransferEvent): boolean {
  if (event.type !== 'file' || event.result.state !== 'skipped') return false;
  return event.result.reason?.code !== 'same';
}

function sayLeft(count: number, why: string, { output }: CommandContext): void {
  output.say(`  ${formatNumberOf(count, 'difference')} left: ${why}`);
}

/** What sending can mend, and how much it cannot. */
class Differences {
  readonly toSend: string[] = [];
  others = 0;

  add(event: TransferEvent): void {
    if (event.type !== 'file' || event.result.state !== 'failed') return;
    const { path, reason } = event.result;
    if (reason?.code === 'missing' || reason?.code === 'different') this.toSend.push(path);
    else this.others += 1;
  }
}

interface ExpectedFiles extends AsyncDisposable {
  readonly sources: VerifyOptions['sources'];
  readonly words: string;
  /** What sends what is missing or different. */
  readonly mending: string;
}

async function openExpected(
  context: CommandContext,
  source: string,
  options: VerifyCommandOptions,
): Promise<ExpectedFiles> {
  if (await isManifest(context, source)) {
    if (options.fix) {
      throw new CliError(`${source} says what ought to be there, and has none of it to send`, {
        ways: ['boxhaul verify <folder here> <folder on Box> --fix'],
      });
    }
    const origin = await manifestOrigin(readManifest(context, source), source);
    const dispose = async () => origin[Symbol.dispose]();
    const mending =
      'boxhaul verify <folder here> <folder on Box> --fix    sends what is missing or different';
    return { sources: origin, words: namesOf([source]), mending, [Symbol.asyncDispose]: dispose };
  }
  const { diskPath, origin, words } = await openSource(context, source, {
    ...options,
    verb: 'verify',
  });
  const sources: readonly string[] | Origin = diskPath === undefined ? origin : [diskPath];
  const mending = 'the same with --fix sends what is missing or different';
  return { sources, words, mending, [Symbol.asyncDispose]: () => origin.close() };
}

/** Its id, for which an id or an address costs no call. */
async function folderNamed(
  client: TransferJob['client'],
  word: string,
  { signal }: CommandContext,
): Promise<{ folderId: string; folderWords: string }> {
  const reference = parseReference(word);
  const folderWords = printable(word);
  if (reference.kind === 'id' || reference.kind === 'folder') {
    return { folderId: reference.id, folderWords };
  }
  const { item } = await openPlaces(client, { expect: 'folder', signal }).one(word);
  return { folderId: item.id, folderWords };
}
