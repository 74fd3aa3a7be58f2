import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startEmulator } from '../emulator.ts';

test('closing waits for the requests that are being worked on, whose connections are gone', async (t) => {
  const faults = t.mock.method(console, 'error', () => {});
  // On disk, since there a handler waits for what it has written.
  const dataDir = await mkdtemp(join(tmpdir(), 'emulator-close-'));
  t.after(() => rm(dataDir, { recursive: true }));
  for (let round = 0; round < 5; round++) {
    const box = await startEmulator({ dataDir });
    const uploads = Array.from({ length: 20 }, (_, index) =>
      uploadTo(box, `${round}-${index}.bin`),
    );
    await Promise.race(uploads);
    await box.close();
    await Promise.allSettled(uploads);
  }
  assert.deepEqual(
    faults.mock.calls.map((call) => call.arguments),
    [],
  );
});

async function uploadTo(box: { url: string; token: string }, name: string): Promise<void> {
  const form = new FormData();
  form.set('attributes', JSON.stringify({ name, parent: { id: '0' } }));
  form.set('file', new Blob([new Uint8Array(200_000)]), name);
  const answer = await fetch(`${box.url}/api/2.0/files/content`, {
    method: 'POST',
    headers: { authorization: `Bearer ${box.token}` },
    body: form,
  });
  await answer.arrayBuffer();
}
