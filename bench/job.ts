/**
 * One measured job in a process of its own, so that its peak memory is its own:
 * `node bench/job.ts '<JobOrder as JSON>'` prints a `JobFigures` as JSON.
 */
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { BoxClient, developerToken } from '@boxhaul/client';
import { recipientsFrom } from '@boxhaul/seal';
import {
  download,
  openGovernor,
  openState,
  type TransferReport,
  type TransferState,
  upload,
  type ZipMode,
} from '@boxhaul/transfer';
import { type BareOrder, bareDownload, bareUpload } from './bare.ts';

/** Boxhaul's jobs remember, as the command's do; whoever gives no folder for it wants a run that stands alone. */
export interface JobOrder extends BareOrder {
  how: 'boxhaul' | 'bare';
  direction: 'up' | 'down';
  /** The folder that the state is kept in. */
  state?: string;
  /** Keeps within the limits of Box. */
  isGoverned?: boolean;
  dryRun?: boolean;
  /** Small files as archives; without it each is fetched by itself, as the bare loop does. */
  zip?: ZipMode;
  /** Users who share the work, by their ids. */
  users?: string[];
  /** Compressed, and encrypted for this one. */
  recipient?: string;
}

export interface JobFigures {
  /** Files that were moved; in a dry run, that would be. */
  files: number;
  bytes: number;
  seconds: number;
  /** Of all threads, in user code and in the kernel. */
  cpuSeconds: number;
  peakBytes: number;
  /** Requests that Box refused, and how many there were in all; of Boxhaul's jobs. */
  refused?: number;
  calls?: number;
}

// As the command does.
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=60');

const order: JobOrder = JSON.parse(process.argv[2] ?? '{}');
const start = performance.now();
const moved = await (order.how === 'bare' ? bare(order) : boxhaul(order));
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage();
const cpuSeconds = (user + system) / 1e6;
const peakBytes = peakOfThisProcess();
console.log(JSON.stringify({ ...moved, seconds, cpuSeconds, peakBytes } satisfies JobFigures));

/** What `resourceUsage` says begins with what the process that started this one had. */
function peakOfThisProcess(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

async function boxhaul(
  job: JobOrder,
): Promise<Omit<JobFigures, 'seconds' | 'cpuSeconds' | 'peakBytes'>> {
  const state = job.state === undefined ? undefined : openState(job.state);
  const governor = job.isGoverned && state ? openGovernor({ state, account: 'bench' }) : undefined;
  const client = new BoxClient({
    auth: developerToken(job.token),
    baseUrl: job.baseUrl,
    ...(governor && { pacer: governor }),
  });
  const report = await transfer(job, client, state);
  await client.close();
  governor?.close();
  state?.close();
  if (report.failed > 0) throw new Error(`${report.failed} files failed`);
  const wouldMove = report.skippedBy['dry-run'] ?? 0;
  const { bytes, calls } = report;
  return {
    files: report.transferred + wouldMove,
    bytes,
    refused: calls.refused,
    calls: calls.calls,
  };
}

function transfer(
  {
    direction,
    folderId,
    directory,
    dryRun = false,
    zip = 'never',
    users = [],
    recipient,
  }: JobOrder,
  own: BoxClient,
  state: TransferState | undefined,
): Promise<TransferReport> {
  const command = { argv: ['bench'], cwd: '/' };
  const remember = state && { state, account: 'bench', title: 'bench', command };
  const [client = own, ...rest] = users.map((id) => own.asUser(id));
  const others = rest.map((one, index) => ({ name: `user ${index + 2}`, client: one }));
  const seal = recipient && { compress: true, recipients: recipientsFrom([{ text: recipient }]) };
  const options = { client, others, folderId, dryRun, ...(remember && { remember }) };
  return direction === 'up'
    ? upload({ ...options, sources: [`${directory}/`], mode: 'upload', ...(seal && { seal }) })
    : download({ ...options, directory, zip });
}

function bare(job: JobOrder): Promise<{ files: number; bytes: number }> {
  return job.direction === 'up' ? bareUpload(job) : bareDownload(job);
}
