import type { DownloadOptions, TransferReport } from './transfer.ts';
export async function download(_options: DownloadOptions): Promise<TransferReport> {
  throw new Error('being written');
}
