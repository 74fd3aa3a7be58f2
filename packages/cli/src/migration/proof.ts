/** The end of a migration: its target held against what was sent, the manifest, the gaps. */
import { access, constants } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import type { BoxClient } from '@boxhaul/client';
import { openMigrationRecord, type Signed, type Verification } from '@boxhaul/migrate';
import type { TransferEvent, TransferReport } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { formatCount, formatNumberOf } from '../output/format.ts';
import { printable } from '../output/width.ts';

/** Where the proof goes, as typed. */
export interface ProofOptions {
  readonly manifest?: string;
  readonly gaps?: string;
  /** Gaps are failures. */
  readonly strict?: boolean;
}

/**
 * Before hours of work.
 * @param others files that the migration reads or writes as well, as typed
 * @throws CliError there is no such folder, nothing can be written to it, or what would be written to is another's
 */
export async function assertWritable(
  { cwd }: CommandContext,
  { manifest = 'manifest.csv', gaps }: ProofOptions,
  others: readonly (string | undefined)[],
): Promise<void> {
  const taken = new Map<string, string>();
  for (const other of others) if (other !== undefined) taken.set(resolve(cwd, other), other);
  for (const path of gaps === undefined ? [manifest] : [manifest, gaps]) {
    for (const name of [path, `${path}.sha256`]) {
      const other = taken.get(resolve(cwd, name));
      if (other !== undefined) throw writtenTwice(path, other);
      taken.set(resolve(cwd, name), name);
    }
    await access(dirname(resolve(cwd, path)), constants.W_OK).catch((cause: unknown) => {
      throw new CliError(`${path} cannot be written`, {
        details: [cause instanceof Error ? cause.message : String(cause)],
        ways: ['--manifest and --gaps name files in folders that are there and can be written to'],
        cause,
      });
    });
  }
}

function writtenTwice(path: string, other: string): CliError {
  return new CliError(`${printable(path)} would be written over ${printable(other)}`, {
    details: ['this migration needs it as well'],
    ways: ['--manifest, --gaps and --report each take a name of their own'],
  });
}

interface Written {
  readonly verification: Verification;
  readonly manifest: Signed;
  readonly gaps?: Signed;
}

/** The proof of one run. */
export class Proof implements Disposable {
  readonly #context: CommandContext;
  readonly #options: ProofOptions;
  readonly #record = openMigrationRecord();
  #written: Written | undefined;

  constructor(context: CommandContext, options: ProofOptions) {
    this.#context = context;
    this.#options = options;
  }

  add(event: TransferEvent): void {
    this.#record.add(event);
  }

  /** Holds the target against what a run sent, and writes it down; of a run that did not come to its end, nothing. */
  async write(
    report: TransferReport,
    { client, folderId }: { readonly client: BoxClient; readonly folderId: string },
  ): Promise<void> {
    if (report.dryRun || report.ended !== 'complete') return;
    const { output, cwd, stopNow: signal } = this.#context;
    const verification = await this.#record.verify({ client, folderId, signal });
    const name = `boxhaul-${report.job ?? 'migration'}-${stamp()}`;
    const { manifest: manifestName = `${name}.csv`, gaps: gapsName } = this.#options;
    const manifest = await this.#record.writeManifest(resolve(cwd, manifestName));
    const hasGaps = this.#record.gaps > 0 || gapsName !== undefined;
    const gaps = hasGaps
      ? await this.#record.writeGaps(resolve(cwd, gapsName ?? `${name}-gaps.csv`))
      : undefined;
    this.#written = { verification, manifest, ...(gaps && { gaps }) };
    output.event('proof', { ...this.#written });
  }

  /**
   * Says what was found, under the run's summary.
   * @param sourceCalls how many calls a Box that was read took
   */
  say(sourceCalls?: number): void {
    if (sourceCalls !== undefined) {
      this.#context.output.say(`  calls to the source: ${formatCount(sourceCalls)}`);
    }
    if (!this.#written) return;
    const { verification, manifest, gaps } = this.#written;
    const { output, cwd } = this.#context;
    for (const line of verdictLines(verification)) output.say(`  ${line}`);
    const here = ({ path }: Signed) => printable(relative(cwd, path));
    output.say(`  manifest  ${here(manifest)}   SHA-256 ${manifest.sha256}`);
    if (gaps) output.say(`  gaps      ${here(gaps)}   ${formatNumberOf(gaps.rows, 'row')}`);
  }

  /** Whether all that was sent is there; with `--strict`, and nothing stayed behind. */
  get isGood(): boolean {
    const { right, checked } = this.#written?.verification ?? { right: 0, checked: 0 };
    return right === checked && !(this.#options.strict && this.#record.gaps > 0);
  }

  [Symbol.dispose](): void {
    this.#record[Symbol.dispose]();
  }
}

function verdictLines(found: Verification): string[] {
  const { checked, right, unproven, missing, different, unknown } = found;
  const lines = unproven > 0 ? unprovenLines(unproven) : [];
  if (right === checked) {
    const words = `all ${formatNumberOf(checked, 'item')} are there, files by size and SHA-1`;
    return [`${unproven > 0 ? 'as sent ' : 'verified'}  ${words}`, ...lines];
  }
  const wrong = [
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...(different > 0 ? [`${different} different`] : []),
    ...(unknown > 0 ? [`${unknown} in folders that cannot be listed`] : []),
  ];
  return [
    `not all is there: of ${formatNumberOf(checked, 'item')} ${right} are right, ${wrong.join(', ')}`,
    '→ the manifest names each; run it again to send what is missing',
    ...lines,
  ];
}

function unprovenLines(count: number): string[] {
  const files = formatNumberOf(count, 'file');
  return [
    `unproven  ${files} came from a server that told no length: what came may not be all of it`,
    '→ the manifest names each; hold them against the source by other means',
  ];
}

/** `20261130072530`, in UTC. */
function stamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(/\D/g, '');
}
