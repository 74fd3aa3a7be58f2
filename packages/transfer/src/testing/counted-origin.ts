import { diskOrigin } from '../origins/disk-origin.ts';
import type { Origin } from '../origins/origin.ts';
import type { Source } from '../origins/source.ts';

/** What was asked of an origin, by name of file or folder. */
export interface Asked {
  listed: Record<string, number>;
  opened: Record<string, number>;
  bytesRead: Record<string, number>;
}

/** This machine's disk, counting how often each folder is listed and each file opened, and the bytes that are read. */
export function countedOrigin(sources: readonly string[]): { origin: Origin; asked: Asked } {
  const disk = diskOrigin(sources);
  const asked: Asked = { listed: {}, opened: {}, bytesRead: {} };
  const origin: Origin = {
    ...disk,
    list(folder, context) {
      count(asked.listed, folder.name, 1);
      return disk.list(folder, context);
    },
    async open(file, signal) {
      count(asked.opened, file.name, 1);
      const source = await disk.open(file, signal);
      return countedSource(source, (bytes) => count(asked.bytesRead, file.name, bytes));
    },
  };
  return { origin, asked };
}

function countedSource(source: Source, read: (bytes: number) => void): Source {
  const { key, fingerprint, sizeBytes, contentModifiedAt, contentCreatedAt } = source;
  return {
    // Files of tests are as young as can be, and are remembered all the same.
    ...{ key, fingerprint, isSettled: true, sizeBytes },
    ...(contentModifiedAt && { contentModifiedAt }),
    ...(contentCreatedAt && { contentCreatedAt }),
    async *read() {
      for await (const piece of source.read()) {
        read(piece.byteLength);
        yield piece;
      }
    },
    async readWhole() {
      const whole = await source.readWhole();
      read(whole.byteLength);
      return whole;
    },
    async readInto(target, offset) {
      await source.readInto(target, offset);
      read(target.byteLength);
    },
    assertUnchanged: () => source.assertUnchanged(),
    close: () => source.close(),
  };
}

function count(counts: Record<string, number>, name: string, more: number): void {
  counts[name] = (counts[name] ?? 0) + more;
}
