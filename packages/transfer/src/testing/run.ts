/** Runs as tests begin them, and what they look at afterwards. */
import { type BoxClient, bodyOf } from '@boxhaul/client';
import type { TransferReport, UploadMode } from '../transfer.ts';
import { upload } from '../upload/upload-tree.ts';
import type { TestBox } from './box.ts';

/** Why each path failed. */
export const codes = (report: TransferReport) =>
  Object.fromEntries(report.failures.map((failure) => [failure.path, failure.reason?.code]));

/** Sends what is in a folder here to the root. */
export function send(box: TestBox, disk: string, mode: UploadMode, options = {}) {
  return upload({ client: box.client, sources: [`${disk}/`], folderId: '0', mode, ...options });
}

/** Someone else's file in the root. */
export const put = (client: BoxClient, name: string, text: string) =>
  client.files.upload({ name, parentId: '0', body: bodyOf(text) });
