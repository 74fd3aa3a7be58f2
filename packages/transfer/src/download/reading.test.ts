import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, suite, test } from 'node:test';
import { BoxClient, type BoxFile, bodyOf, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import type { Reason } from '../reason.ts';
import { type ReadOptions, readFile } from './reading.ts';

const contents = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7) % 251));

suite('reading a file in Box', () => {
  let box: Emulator;
  let client: BoxClient;
  let file: BoxFile;
  before(async () => {
    box = await startEmulator();
    client = new BoxClient({
      auth: developerToken(box.token),
      baseUrl: box.url,
      env: {},
      maxRetries: 0,
    });
    const made = await box.seed({ '/a.bin': contents });
    file = await client.files.get(made['/a.bin']?.id ?? '', { fields: ['size'] });
  });
  beforeEach(() => box.resetCounts());
  after(async () => {
    await client.close();
    await box.close();
  });

  const read = async (options: Partial<ReadOptions> = {}): Promise<Buffer> =>
    Buffer.concat(await Array.fromAsync(readFile({ client, file, ...options })));

  test('gives all bytes in order, with one call', async () => {
    assert.ok((await read()).equals(contents));
    assert.equal(box.counts()['GET /files/:id/content'], 1);
    assert.equal(box.counts()['GET /files/:id'], undefined);
  });

  test('asks for what it has to know', async () => {
    const { size: _, ...sizeless } = file;
    assert.ok((await read({ file: sizeless })).equals(contents));
    assert.equal(box.counts()['GET /files/:id'], 1);
  });

  const ranges: [start: number, end?: number][] = [
    [0, 9],
    [299_990],
    [100, 100],
    [299_999, 400_000],
    [300_000],
    [400_000, 500_000],
  ];
  for (const [start, end] of ranges) {
    test(`gives bytes ${start} to ${end ?? 'the end'}`, async () => {
      const range = { start, ...(end !== undefined && { end }) };
      const expected = contents.subarray(start, end === undefined ? undefined : end + 1);
      assert.ok((await read({ range })).equals(expected));
    });
  }

  test('gives nothing of an empty file', async () => {
    const made = await box.seed({ '/empty': '' });
    const empty = await client.files.get(made['/empty']?.id ?? '', { fields: ['size'] });
    assert.equal((await read({ file: empty })).length, 0);
  });

  test('goes on where the connection broke', async () => {
    const fault = box.faults.add({
      match: { host: 'download' },
      action: { cut: 'in', afterBytes: 100_000 },
      times: 2,
    });
    const reasons: Reason[] = [];
    assert.ok((await read({ onRetry: (reason) => reasons.push(reason) })).equals(contents));
    assert.equal(fault.hits, 2);
    assert.deepEqual(
      reasons.map(({ code }) => code),
      ['connection', 'connection'],
    );
  });

  test('ends with an error when what came is not what Box has', async () => {
    box.faults.add({
      match: { host: 'download' },
      action: { wrongBytes: true, of: 'response' },
    });
    await assert.rejects(read(), { code: 'wrong-contents' });
  });

  test('reads the version that it was told of, though there is a newer one', async () => {
    const made = await box.seed({ '/versions.txt': 'the first' });
    const { id } = made['/versions.txt'] ?? { id: '' };
    const first = await client.files.get(id, { fields: ['size'] });
    await client.files.uploadVersion(id, { body: bodyOf('the second, which is longer') });
    assert.equal(String(await read({ file: first })), 'the first');
  });

  test('stops when it is told to', async () => {
    await assert.rejects(read({ signal: AbortSignal.abort(new Error('enough')) }), /enough/);
    const hash = createHash('sha1');
    for await (const chunk of readFile({ client, file })) {
      hash.update(chunk);
      break;
    }
    assert.ok((await read()).equals(contents));
  });
});
