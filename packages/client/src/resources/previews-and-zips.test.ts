import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listed, openBox, type TestBox } from '../testing/open-box.ts';

/** A picture of one red pixel. */
const redPixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);

async function picture(box: TestBox): Promise<string> {
  return (await box.emulator.seed({ '/a.png': redPixel }))['/a.png']?.id ?? '';
}

test('a thumbnail is waited for while Box is making it', async () => {
  await using box = await openBox();
  const id = await picture(box);
  box.emulator.faults.add({
    match: { path: '/files/:id/thumbnail.*' },
    action: {
      status: 202,
      retryAfter: 1,
      body: '',
      headers: { location: 'https://box.com/x.png' },
    },
    times: 2,
  });
  const thumbnail = await box.client.thumbnails.get(id, { format: 'jpg', minWidth: 100 });
  assert.ok(thumbnail.kind === 'picture');
  assert.equal(thumbnail.contentType, 'image/jpeg');
  assert.deepEqual([...thumbnail.bytes.subarray(0, 2)], [0xff, 0xd8]);
  assert.equal(box.emulator.counts()['GET /files/:id/thumbnail.:id'], 3);
});

test('the icon of a file that has no thumbnail is recognised, and not fetched', async () => {
  await using box = await openBox();
  const id = (await box.emulator.seed({ '/a.bin': 'x' }))['/a.bin']?.id ?? '';
  const thumbnail = await box.client.thumbnails.get(id);
  assert.ok(thumbnail.kind === 'placeholder');
  assert.ok(thumbnail.url.startsWith(box.emulator.url));
  assert.equal(Object.keys(box.emulator.counts()).length, 1);
  await assert.rejects(box.client.thumbnails.get(id, { maxWidth: 31 }), {
    boxCode: 'requested_preview_unavailable',
  });
});

test('a zip is asked for, fetched without the token, and its end is known', async () => {
  await using box = await openBox();
  const made = await box.emulator.seed({ '/a.txt': 'hello', '/d/b.txt': 'inner' });
  const items = ['/a.txt', '/d'].flatMap((path) => made[path] ?? []);
  const { zipDownloads } = box.client;
  const { zip, body } = await zipDownloads.download({ items, fileName: 'all' });
  const bytes = Buffer.concat(await listed(body));
  assert.equal(bytes.subarray(0, 2).toString(), 'PK');
  const status = await zipDownloads.status(zip);
  assert.deepEqual([status.state, status.downloaded_file_count], ['succeeded', 2]);
  const unused = await zipDownloads.create({ items });
  await assert.rejects(zipDownloads.status(unused), { status: 404 });
});

test('a zip that breaks off is an error, and is not asked for again', async () => {
  await using box = await openBox();
  const contents = Buffer.alloc(3_000_000, 'a zip that is large enough');
  const items = Object.values(await box.emulator.seed({ '/a.bin': contents }));
  const content = { path: '/zip_downloads/:id/content' };
  box.emulator.faults.add({ match: content, action: { cut: 'in', afterBytes: 100 } });
  const { body } = await box.client.zipDownloads.download({ items });
  await assert.rejects(listed(body), { name: 'BoxConnectionError' });
  assert.equal(box.emulator.counts()['GET /zip_downloads/:id/content'], 1);
});
