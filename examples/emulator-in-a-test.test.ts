/**
 * A test of code that talks to Box, with a Box of its own: no account, no network, no mocks.
 *
 *     node --test examples/emulator-in-a-test.test.ts
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BoxClient, bodyOf, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';

let box: Emulator;
let client: BoxClient;

before(async () => {
  box = await startEmulator();
  client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
});
after(async () => {
  await client.close();
  await box.close();
});

test('a report that was filed is in the right folder', async () => {
  const made = await box.seed({ '/Reports/': '' });
  const folderId = made['/Reports']?.id ?? '';
  await fileReport(client, folderId, 'Q3 was fine.');
  const names: string[] = [];
  for await (const item of client.folders.items(folderId)) names.push(item.name);
  assert.deepEqual(names, ['report.txt']);
});

test('a report arrives although Box is busy at first', async () => {
  const busy = box.faults.add({
    match: { path: '/files/content' },
    action: { status: 503, retryAfter: 0 },
  });
  await fileReport(client, '0', 'Q4 was better.');
  assert.equal(busy.hits, 1);
});

/** The code under test. */
async function fileReport(box: BoxClient, folderId: string, text: string): Promise<void> {
  await box.files.upload({ name: 'report.txt', parentId: folderId, body: bodyOf(text) });
}
