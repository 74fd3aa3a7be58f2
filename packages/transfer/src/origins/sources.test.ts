import assert from 'node:assert/strict';
import { once } from 'node:events';
import { linkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { temporaryFolder } from '../testing/disk.ts';

test('a folder whose contents are meant may hold more than a call takes arguments', async (context: TestContext) => {
  const folder = await temporaryFolder(context);
  const count = 60_000; // more than this stack has room for, and fewer than one file may have names
  const first = join(folder, '0');
  writeFileSync(first, '');
  for (let number = 1; number < count; number++) linkSync(first, join(folder, `${number}`));
  const program = `
    const { parentPort } = require('node:worker_threads');
    const read = async () => {
      const { readSources } = await import(${JSON.stringify(import.meta.resolve('./sources.ts'))});
      const { everything } = await import(${JSON.stringify(import.meta.resolve('../selection/filter.ts'))});
      const { signal } = new AbortController();
      const { entries, failed } = await readSources([${JSON.stringify(`${folder}/`)}], { signal, filter: everything });
      return { entries: entries.length, failed: failed.map(({ reason }) => reason.words) };
    };
    read().then((answer) => parentPort.postMessage(answer));`;
  const worker = new Worker(program, { eval: true, resourceLimits: { stackSizeMb: 0.5 } });
  const [answer] = await once(worker, 'message');
  assert.deepEqual(answer, { entries: count, failed: [] });
});
