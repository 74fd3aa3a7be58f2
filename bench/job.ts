/**
 * One measured job in a process of its own, so that its peak memory is its own:
 * `node bench/job.ts '<JobOrder as JSON>'` prints a `JobFigures` as JSON.
 */
import { BoxClient, developerToken } from '@boxhaul/client';
import { download, type TransferReport, upload } from '@boxhaul/transfer';
import { type BareOrder, bareDownload, bareUpload } from './bare.ts';

export interface JobOrder extends BareOrder {
  how: 'boxhaul' | 'bare';
  direction: 'up' | 'down';
}

export interface JobFigures {
  files: number;
  bytes: number;
  seconds: number;
  peakBytes: number;
}

const order: JobOrder = JSON.parse(process.argv[2] ?? '{}');
const start = performance.now();
const moved = await (order.how === 'bare' ? bare(order) : boxhaul(order));
const seconds = (performance.now() - start) / 1000;
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ ...moved, seconds, peakBytes } satisfies JobFigures));

async function boxhaul(job: JobOrder): Promise<{ files: number; bytes: number }> {
  const client = new BoxClient({ auth: developerToken(job.token), baseUrl: job.baseUrl });
  const { direction, folderId, directory } = job;
  const report: TransferReport = await (direction === 'up'
    ? upload({ client, sources: [`${directory}/`], folderId, mode: 'upload' })
    : download({ client, folderId, directory }));
  await client.close();
  if (report.failed > 0) throw new Error(`${report.failed} files failed`);
  return { files: report.transferred, bytes: report.bytes };
}

function bare(job: JobOrder): Promise<{ files: number; bytes: number }> {
  return job.direction === 'up' ? bareUpload(job) : bareDownload(job);
}
