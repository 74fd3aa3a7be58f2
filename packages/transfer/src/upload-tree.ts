import type { TransferReport, UploadOptions } from './transfer.ts';
export async function upload(_options: UploadOptions): Promise<TransferReport> {
  throw new Error('being written');
}
