import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskOrigin } from '@boxhaul/transfer';
import { originSuite } from './origin.suite.ts';
import { folderBench } from './testing/folder-bench.ts';

originSuite('this machine', async () => {
  const root = await mkdtemp(join(tmpdir(), 'boxhaul-disk-'));
  const { deny, ...bench } = folderBench(root);
  return {
    ...bench,
    // Root reads everything.
    ...(process.getuid?.() !== 0 && { deny }),
    open: async () => ({ ...diskOrigin([`${root}/`]), close: async () => undefined }),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
});
