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

test('a representation is asked for, waited for and opened', async () => {
  await using box = await openBox();
  const id = await picture(box);
  const { representations } = box.client;
  const all = await representations.list(id);
  assert.ok(all.some(({ representation }) => representation === 'png'));
  assert.equal(all[0]?.status, undefined);
  const hint = 'pdf,png?dimensions=1024x1024';
  const [large] = await representations.list(id, { hints: [hint] });
  assert.equal(large?.status?.state, 'none');
  const made = await representations.get(id, hint);
  assert.ok(made?.status?.state === 'success');
  assert.deepEqual(box.clock.sleeps, [500]);
  const { body, contentType } = await representations.download(made);
  assert.equal(contentType, 'image/png');
  assert.equal(Buffer.concat(await listed(body)).toString('latin1', 1, 4), 'PNG');
  await assert.rejects(representations.download(made, { asset: '7.png' }), { status: 404 });
  assert.deepEqual(box.clock.sleeps, [500]);
  await assert.rejects(representations.download({ ...made, content: undefined }), {
    name: 'InputError',
  });
});

test('a representation that there cannot be, or that Box cannot make', async () => {
  await using box = await openBox();
  const id = await picture(box);
  const { representations } = box.client;
  assert.equal(await representations.get(id, 'mp4'), undefined);
  await assert.rejects(representations.get(id, 'jpg]['), { name: 'InputError' });
  const asked = {
    match: { path: '/internal_files/:id/versions/:id/representations/*' },
    times: 99,
  };
  const failed = { representation: 'png', properties: {}, status: { state: 'error', code: 'x' } };
  for (const [state, recovery] of [
    ['error', 'skip'],
    ['pending', 'retry'],
  ]) {
    box.emulator.faults.clear();
    const body = JSON.stringify({ ...failed, status: { state, code: 'error_password_protected' } });
    const headers = { 'content-type': 'application/json' };
    box.emulator.faults.add({ ...asked, action: { status: 200, body, headers } });
    await assert.rejects(representations.get(id, 'png?dimensions=2048x2048'), { recovery });
  }
  assert.equal(
    box.clock.sleeps.reduce((sum, ms) => sum + ms, 0),
    300_500,
  );
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
