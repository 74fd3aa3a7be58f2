/** A folder of this machine that an origin reads, directly or from behind a server. */
import { chmod, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OriginBench } from './origin-bench.ts';

export function folderBench(
  root: string,
): Required<Pick<OriginBench, 'put' | 'makeFolder' | 'remove' | 'deny'>> {
  return {
    async put(path, bytes, modifiedMs) {
      const full = join(root, path);
      await mkdir(dirname(full), { recursive: true });
      await writeFile(full, bytes);
      if (modifiedMs !== undefined) await utimes(full, modifiedMs / 1000, modifiedMs / 1000);
    },
    makeFolder: async (path) => void (await mkdir(join(root, path), { recursive: true })),
    remove: (path) => rm(join(root, path)),
    async deny(folder) {
      await chmod(join(root, folder), 0);
      return () => chmod(join(root, folder), 0o755);
    },
  };
}
