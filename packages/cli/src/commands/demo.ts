import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BoxClient, developerToken } from '@boxhaul/client';
import { startEmulator } from '@boxhaul/emulator';
import type { TransferEvent } from '@boxhaul/transfer';
import type { CommandContext } from '../context.ts';
import { demoMaterial, layOut, type Material } from '../demo/material.ts';
import type { Claim, Outcome, Stage, Step } from '../demo/stage.ts';
import { demoSteps } from '../demo/steps.ts';
import { ExitCode } from '../exit-codes.ts';
import { formatBytes, formatCount, formatNumberOf, formatSeconds } from '../output/format.ts';

export interface DemoCommandOptions {
  /** Leave the copy and what was downloaded where they are. */
  readonly keep?: boolean;
}

/**
 * `boxhaul demo [dir]`: the main jobs on a Box that lives as long as the demo. Every claim it prints
 * was checked; the first that does not hold ends it with exit code 1.
 */
export async function runDemo(
  context: CommandContext,
  dir: string | undefined,
  options: DemoCommandOptions,
): Promise<ExitCode> {
  const material = await demoMaterial(dir === undefined ? undefined : resolve(context.cwd, dir));
  const folder = await mkdtemp(join(tmpdir(), 'boxhaul-demo-'));
  const box = await startEmulator();
  const client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
  try {
    introduce(context, material, box.url);
    const source = join(folder, 'demo');
    await mkdir(source);
    await layOut(material, source);
    const { id: folderId } = await client.folders.create({ name: 'Demo', parentId: '0' });
    return await perform(context, {
      box,
      client,
      folderId,
      source,
      downloads: folder,
      material,
      signal: context.signal,
      onEvent: liveLine(context),
    });
  } finally {
    await client.close();
    await box.close();
    if (options.keep === true) context.output.say(`kept: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

async function perform(context: CommandContext, stage: Stage): Promise<ExitCode> {
  const startedMs = performance.now();
  const steps = demoSteps(stage.material);
  for (const [index, step] of steps.entries()) {
    const outcome = await step.run(stage);
    tell(context, index + 1, step, outcome);
    if (outcome.claims.some(({ holds }) => !holds)) return disproved(context);
  }
  conclude(context, stage, (performance.now() - startedMs) / 1000);
  return ExitCode.done;
}

/** With a large folder something must move: how many files are done, on a line that goes again. */
function liveLine({ output }: CommandContext): (event: TransferEvent) => void {
  let done = 0;
  return ({ type }) => {
    if (!output.redraws || output.quiet) return;
    if (type === 'started') done = 0;
    if (type === 'file') output.people.write(`\r   ${formatNumberOf(++done, 'file')}`);
    if (type === 'finished') output.people.write('\r\u001b[2K');
  };
}

function introduce({ output }: CommandContext, material: Material, url: string): void {
  const { bold, dim } = output.style;
  const size = `${formatNumberOf(material.files.length, 'file')}, ${formatBytes(material.bytes)}`;
  output.event('demo', { title: material.title, files: material.files.length, url });
  output.say(`${bold(material.title)}: ${size}`);
  output.say(
    dim(`go to a Box that runs on this machine (${url}) and come back; nothing leaves it`),
  );
}

function tell({ output }: CommandContext, number: number, step: Step, outcome: Outcome): void {
  const { bold, dim, green, red } = output.style;
  const { calls, retried, uploads } = outcome.report.calls;
  output.event('demo-step', { ...outcome, title: step.title, command: step.command });
  output.say('');
  output.say(`${bold(`${number}  ${step.title}`)}   ${dim(`$ ${step.command}`)}`);
  const cost = [
    formatSeconds(outcome.report.seconds),
    formatNumberOf(calls, 'call'),
    ...(uploads > 0
      ? [uploads === 1 ? 'one of them an upload' : `${formatCount(uploads)} of them uploads`]
      : []),
    ...(retried > 0 ? [`${formatCount(retried)} repeated`] : []),
  ];
  output.say(`   ${outcome.did}   ${dim(cost.join(' · '))}`);
  for (const claim of outcome.claims) {
    output.say(`   ${claim.holds ? green('✓') : red('✗')} ${words(claim)}`);
  }
  for (const { path, reason } of outcome.report.failures) {
    output.warn(`   ${red('failed')}  ${path}   ${reason?.words ?? ''}`);
  }
}

function words({ claim, holds, found }: Claim): string {
  return holds || found === undefined ? claim : `${claim}: not so (${found})`;
}

function disproved({ output }: CommandContext): ExitCode {
  output.event('summary', { ok: false });
  output.warn('boxhaul: the demo did not do what it says: see the line marked ✗');
  return ExitCode.failed;
}

function conclude({ output }: CommandContext, { client }: Stage, seconds: number): void {
  const counts = client.counts();
  const { bold, cyan } = output.style;
  output.event('summary', { ok: true, seconds, calls: counts });
  output.say('');
  output.say(
    `${bold(`done in ${formatSeconds(seconds)}`)}   everything above was checked · ` +
      `${formatNumberOf(counts.calls, 'call')} to Box, the checks among them`,
  );
  output.say('');
  output.say('Next, with files of your own:');
  output.say(
    `  ${cyan('boxhaul upload ./photos --to / --local')}    on a Box on this machine that stays`,
  );
  output.say(`  ${cyan('boxhaul login')}                             on your own account`);
}
