import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

const name = 'Ünïcode "quoted" 🎉.txt';

test('contents are behind an absolute redirect that needs no token and lives 15 minutes', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file(name, 'hello');
  const { status, headers, bytes } = await box.get(`/files/${file.id}/content`);
  assert.deepEqual([status, bytes.length], [302, 0]);
  const location = String(headers.location);
  assert.ok(location.startsWith(`${box.emulator.url}/d/1/`) && location.endsWith('/download'));
  const download = () => box.call('GET', location, { token: 'of nobody' });
  const first = await download();
  assert.deepEqual([first.status, first.bytes.toString()], [200, 'hello']);
  assert.equal(first.headers['content-type'], 'text/plain; charset=UTF-8');
  assert.equal(first.headers['content-length'], '5');
  assert.equal(first.headers['accept-ranges'], 'bytes');
  assert.equal(
    first.headers['content-disposition'],
    'attachment;filename="_n_code _quoted_ __.txt";filename*=UTF-8\'\'%C3%9Cn%C3%AFcode%20%22quoted%22%20%F0%9F%8E%89.txt',
  );
  box.emulator.clock.advance(14 * 60_000);
  assert.equal((await download()).status, 200);
  box.emulator.clock.advance(60_000);
  assert.equal((await download()).status, 404);
  assert.equal((await box.call('GET', location.replace('/d/1/', '/d/1/x'))).status, 404);
});

test('HEAD of a download URL tells type and length alone', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a.txt', 'hello');
  const { headers } = await box.get(`/files/${file.id}/content`);
  const head = await box.call('HEAD', String(headers.location));
  assert.deepEqual([head.status, head.bytes.length], [200, 0]);
  assert.deepEqual([head.headers['content-length'], head.headers['accept-ranges']], ['5', 'bytes']);
});

test('ranges: 206 with Content-Range, 416 behind the end, in memory and from a file', async (t) => {
  const box = await boxCalls(t);
  for (const size of [1000, 5_000_000]) {
    const contents = Buffer.from(Array.from({ length: size }, (_, n) => n % 251));
    const file = await box.file(`f${size}`, contents);
    const { headers } = await box.get(`/files/${file.id}/content`);
    const range = (text: string) =>
      box.call('GET', String(headers.location), { headers: { range: text } });
    const middle = await range('bytes=100-899');
    assert.deepEqual(
      [middle.status, middle.headers['content-range'], middle.headers['content-length']],
      [206, `bytes 100-899/${size}`, '800'],
    );
    assert.ok(middle.bytes.equals(contents.subarray(100, 900)));
    assert.ok((await range(`bytes=${size - 400}-`)).bytes.equals(contents.subarray(-400)));
    assert.ok((await range('bytes=-7')).bytes.equals(contents.subarray(-7)));
    const most = await range('bytes=1-');
    assert.ok(most.bytes.equals(contents.subarray(1)));
    const behind = await range(`bytes=${size}-`);
    assert.deepEqual([behind.status, behind.headers['content-range']], [416, `bytes */${size}`]);
  }
});

test('the redirect carries the host and scheme that the client used', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'a');
  const { headers } = await box.get(`/files/${file.id}/content`, {
    headers: { 'x-forwarded-host': 'box.test:8443', 'x-forwarded-proto': 'https' },
  });
  assert.ok(String(headers.location).startsWith('https://box.test:8443/d/1/'));
});

test('a file that is gone for good cannot be downloaded by an old URL', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'secret');
  const { headers } = await box.get(`/files/${file.id}/content`);
  await box.call('DELETE', `/files/${file.id}`);
  await box.call('DELETE', `/files/${file.id}/trash`);
  assert.equal((await box.call('GET', String(headers.location))).status, 404);
  assert.equal((await box.get(`/files/${file.id}/content`)).status, 404);
});
