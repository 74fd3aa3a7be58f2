import type { Origin, OriginContext, OriginEntry } from '../origins/origin.ts';
import { failureResult } from '../result.ts';
import type { TransferResult } from '../transfer.ts';

/** What is in folders of an origin that are one folder in Box, and a result for each that cannot be read. */
export async function readFolders(
  folders: readonly OriginEntry[],
  path: string,
  context: OriginContext & { readonly origin: Origin },
): Promise<{ entries: OriginEntry[]; failed: TransferResult[] }> {
  const entries: OriginEntry[] = [];
  const failed: TransferResult[] = [];
  for (const folder of folders) {
    try {
      for (const entry of await context.origin.list(folder, context)) entries.push(entry);
    } catch (error) {
      failed.push(failureResult(error, path, context.signal, { kind: 'folder' }));
    }
  }
  return { entries, failed };
}
