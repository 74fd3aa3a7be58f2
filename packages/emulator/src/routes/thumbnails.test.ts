import assert from 'node:assert/strict';
import { test } from 'node:test';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

/** Left half red, right half blue. */
function pixels(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 4, 0xff);
  for (let i = 0; i < width * height; i += 1) {
    const isLeft = i % width < width / 2;
    data.set(isLeft ? [255, 0, 0] : [0, 0, 255], i * 4);
  }
  return data;
}

function png(width: number, height: number): Buffer {
  const picture = new PNG({ width, height });
  picture.data = pixels(width, height);
  return PNG.sync.write(picture);
}

const jpg = (width: number, height: number) =>
  jpeg.encode({ width, height, data: pixels(width, height) }, 90).data;

const thumbnail = (box: BoxCalls, id: string, rest: string) =>
  box.get(`/files/${id}/thumbnail.${rest}`);

test('a thumbnail is the picture, made smaller, from PNG and from JPEG', async (t) => {
  const box = await boxCalls(t);
  const fromPng = await box.file('a.png', png(400, 200));
  const fromJpg = await box.file('b.JPG', jpg(200, 400));
  const small = await thumbnail(box, fromPng.id, 'png?min_width=60');
  assert.deepEqual([small.status, small.headers['content-type']], [200, 'image/png']);
  const seen = PNG.sync.read(small.bytes);
  assert.deepEqual([seen.width, seen.height], [64, 32]);
  assert.deepEqual([...seen.data.subarray(0, 4)], [255, 0, 0, 255]);
  assert.deepEqual([...seen.data.subarray(-4)], [0, 0, 255, 255]);
  const other = await thumbnail(box, fromJpg.id, 'jpg?max_height=200');
  assert.equal(other.headers['content-type'], 'image/jpeg');
  const { width, height, data } = jpeg.decode(other.bytes);
  assert.deepEqual([width, height], [80, 160]);
  assert.ok((data[0] ?? 0) > 200 && (data[2] ?? 255) < 60);
  const usual = PNG.sync.read((await thumbnail(box, fromPng.id, 'png')).bytes);
  assert.deepEqual([usual.width, usual.height], [256, 128]);
});

test('a file without a picture leads to an icon, which anybody may fetch', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a.bin', 'x');
  const { status, headers, bytes } = await thumbnail(box, file.id, 'png?min_height=32');
  assert.deepEqual([status, bytes.length], [302, 0]);
  const icon = await box.call('GET', String(headers.location), { token: 'none' });
  assert.deepEqual([icon.status, icon.headers['content-type']], [200, 'image/png']);
  assert.equal(PNG.sync.read(icon.bytes).width, 32);
});

test('sizes that there are not, other formats, broken pictures and strangers are refused', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a.png', png(10, 10));
  for (const wrong of ['png?min_width=321', 'png?max_width=31', 'png?min_width=300', 'gif']) {
    const { status, json } = await thumbnail(box, file.id, wrong);
    assert.deepEqual([status, json.code], [400, 'requested_preview_unavailable'], wrong);
  }
  const broken = await box.file('b.png', png(10, 10).subarray(0, 40));
  const refused = await thumbnail(box, broken.id, 'png');
  assert.deepEqual([refused.status, refused.json.code], [404, 'preview_cannot_be_generated']);
  assert.equal((await thumbnail(box, '12', 'png')).status, 404);
  const token = box.emulator.issueToken({ userId: box.emulator.serviceAccountUserId });
  assert.equal((await box.get(`/files/${file.id}/thumbnail.png`, { token })).status, 404);
  assert.equal(box.emulator.counts()['GET /files/:id/thumbnail.:id'], 7);
});

test('representations: each bracket asks for one, which is made once its info is asked for', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a.png', png(1500, 30));
  const ask = async (hints?: string) => {
    const headers: Record<string, string> = hints === undefined ? {} : { 'x-rep-hints': hints };
    const { json } = await box.get(`/files/${file.id}?fields=representations`, { headers });
    return json.representations.entries;
  };
  const all = await ask();
  assert.equal(all.length, 8);
  assert.deepEqual(Object.keys(all[0]), ['representation', 'properties', 'info']);
  assert.deepEqual(await ask('[mp4]'), []);
  const hints = '[pdf,jpg?dimensions=32x32][png?dimensions=1024x1024,png?dimensions=2048x2048]';
  const [thumb, large] = await ask(hints);
  assert.deepEqual([thumb.representation, thumb.status.state], ['jpg', 'success']);
  assert.deepEqual(thumb.properties, { dimensions: '32x32', paged: 'false', thumb: 'true' });
  assert.deepEqual([large.representation, large.status.state], ['png', 'none']);
  const url = large.content.url_template.replace('{+asset_path}', '');
  assert.equal((await box.get(url)).status, 202);
  assert.equal((await box.get(large.info.url)).json.status.state, 'pending');
  assert.equal((await box.get(large.info.url)).json.status.state, 'success');
  assert.equal((await ask(hints))[1].status.state, 'success');
  const query = '?set_content_disposition_type=inline&set_content_disposition_filename=x.png';
  const content = await box.get(`${url}${query}`);
  assert.equal(PNG.sync.read(content.bytes).width, 1024);
  assert.match(String(content.headers['content-disposition']), /^inline;filename="x\.png"/);
  assert.equal((await box.get(`${url}2.png`)).status, 404);
  assert.equal((await box.call('GET', url, { token: 'none' })).status, 401);
});

test('representations: the text of a text', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a.txt', 'words');
  const headers = { 'x-rep-hints': '[extracted_text]' };
  const ask = () => box.get(`/files/${file.id}?fields=representations`, { headers });
  const [entry] = (await ask()).json.representations.entries;
  await box.get(entry.info.url);
  const content = await box.get(entry.content.url_template.replace('{+asset_path}', ''));
  assert.equal(content.bytes.toString(), 'words');
});
