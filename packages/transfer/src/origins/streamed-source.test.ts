import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Clock } from '@boxhaul/client';
import { sha1Of } from '../hash.ts';
import { THIS_PROCESS } from '../process-name.ts';
import { TransferFailure } from '../reason.ts';
import { temporaryName } from '../temporary-files.ts';
import { temporaryFolder } from '../testing/disk.ts';
import { contentsOf } from '../upload/contents.ts';
import { type StreamedFile, streamedSource } from './streamed-source.ts';

const live = new AbortController().signal;
const changedWhileRead = { code: 'changed-while-read', recovery: 'restart' };

/** A file that counts what is asked of it, and breaks where it is told to. */
class FarFile implements StreamedFile {
  readonly key = 'far:file';
  readonly fingerprint = 'v1';
  readonly isSettled = true;
  readonly sizeBytes: number;
  readonly modifiedMs = Date.parse('2001-02-03T04:05:06.789Z');
  readonly asked: number[] = [];
  bytes: Buffer;
  now = 'v1';
  /** The connection is lost when it has sent so many bytes. */
  readonly breaksAfter: number[] = [];
  error: unknown = new Error('connection reset');
  whenRead: (offset: number) => void = () => undefined;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.sizeBytes = bytes.byteLength;
  }

  async *stream(offset: number, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
    this.asked.push(offset);
    let left = this.breaksAfter.shift() ?? Number.POSITIVE_INFINITY;
    for (let at = offset; at < this.bytes.byteLength; at += 1_000) {
      signal.throwIfAborted();
      if (left <= 0) throw this.error;
      const chunk = this.bytes.subarray(at, at + Math.min(1_000, left));
      left -= chunk.byteLength;
      yield chunk;
      this.whenRead(at);
      if (left <= 0) throw this.error;
    }
  }

  async look(): Promise<string> {
    return this.now;
  }
}

class HastyClock implements Clock {
  readonly pausesMs: number[] = [];
  now(): number {
    return 0;
  }
  async sleep(ms: number): Promise<void> {
    this.pausesMs.push(ms);
  }
}

function opened(sizeBytes: number) {
  const file = new FarFile(randomBytes(sizeBytes));
  const clock = new HastyClock();
  return { file, clock, source: streamedSource(file, { signal: live, clock }) };
}

suite('a file that comes as a stream', () => {
  test('is read in order through one stream, and elsewhere through another', async () => {
    const { file, source } = opened(10_500);
    const pieces: Buffer[] = [];
    for (let offset = 0; offset < 10_500; offset += 1_500) {
      const piece = Buffer.alloc(1_500);
      await source.readInto(piece, offset);
      pieces.push(piece);
    }
    assert.deepEqual(Buffer.concat(pieces), file.bytes);
    assert.deepEqual(file.asked, [0]);
    const again = Buffer.alloc(10);
    await source.readInto(again, 5);
    assert.deepEqual(again, file.bytes.subarray(5, 15));
    assert.deepEqual(file.asked, [0, 5]);
    await source.close();
  });

  test('says its times to the second', () => {
    const { source } = opened(1);
    assert.equal(source.contentModifiedAt, '2001-02-03T04:05:06+00:00');
    assert.equal(source.contentCreatedAt, '2001-02-03T04:05:06+00:00');
  });

  test('goes on where the connection was lost', async () => {
    const { file, clock, source } = opened(10_000);
    file.breaksAfter.push(1_500, 700, 0, 0);
    assert.deepEqual(await source.readWhole(), file.bytes);
    assert.deepEqual(file.asked, [0, 1_500, 2_200, 2_200, 2_200]);
    assert.deepEqual(clock.pausesMs, [250, 250, 1_000, 4_000]);
  });

  test('has failed when nothing comes any more', async () => {
    const { file, source } = opened(10_000);
    file.breaksAfter.push(...Array<number>(20).fill(0));
    await assert.rejects(source.readWhole(), { code: 'connection', message: /connection reset/ });
    assert.equal(file.asked.length, 6);
  });

  test('is not asked again for what is not to be had', async () => {
    const { file, source } = opened(10_000);
    file.breaksAfter.push(3_000);
    file.error = new TransferFailure('not-found', 'it is gone');
    await assert.rejects(source.readWhole(), { code: 'not-found' });
    assert.deepEqual(file.asked, [0]);
  });

  test('that ends too early is asked for the rest, unless it is another by now', async () => {
    const { file, source } = opened(10_000);
    const { bytes } = file;
    file.bytes = bytes.subarray(0, 4_000);
    file.whenRead = (offset) => {
      if (offset === 3_000) queueMicrotask(() => Object.assign(file, { bytes }));
    };
    assert.deepEqual(await source.readWhole(), bytes);
    assert.deepEqual(file.asked, [0, 4_000]);
    file.bytes = bytes.subarray(0, 3_500);
    file.now = 'v2';
    await assert.rejects(source.readWhole(), changedWhileRead);
    await assert.rejects(source.assertUnchanged(), changedWhileRead);
  });

  test('that grows is never read to its end', async () => {
    const { file, source } = opened(2_500);
    file.bytes = Buffer.concat([file.bytes, Buffer.alloc(1)]);
    await assert.rejects(source.readWhole(), changedWhileRead);
    file.bytes = Buffer.alloc(10);
    const { source: empty, file: emptyFile } = opened(0);
    emptyFile.bytes = Buffer.alloc(1);
    await assert.rejects(empty.readWhole(), changedWhileRead);
  });

  test('holds its last bytes back until it is known to be the same', async () => {
    const { file, source } = opened(5_000);
    file.whenRead = () => Object.assign(file, { now: 'v2' });
    let givenBytes = 0;
    await assert.rejects(async () => {
      for await (const chunk of source.read()) givenBytes += chunk.byteLength;
    }, changedWhileRead);
    assert.equal(givenBytes, 4_000);
  });

  test('is let go of at once when nothing more is wanted', async () => {
    const file = new FarFile(randomBytes(5_000));
    const stop = new AbortController();
    const source = streamedSource(file, { signal: stop.signal });
    const reading = source.read();
    await reading.next();
    stop.abort(new Error('enough'));
    await assert.rejects(reading.next(), { message: 'enough' });
    await source.close();
    await assert.rejects(source.readWhole());
  });
});

suite('contents from afar', () => {
  test('of middle size are read once, for the SHA-1 and for the request, and nothing is left of them', async () => {
    const before = await spooled();
    const { file, source } = opened(3_000_000);
    const contents = contentsOf(source, live);
    assert.equal(await contents.sha1OfBody(), sha1Of(file.bytes));
    assert.equal(await contents.sha1(), sha1Of(file.bytes));
    const body = await contents.body();
    for (let time = 0; time < 2; time++) {
      assert.deepEqual(Buffer.concat(await Array.fromAsync(body.open())), file.bytes);
    }
    assert.deepEqual(file.asked, [0]);
    await contents.close();
    await assert.rejects(Array.fromAsync(body.open()), /closed/);
    assert.deepEqual(await spooled(), before);
  });

  test('that change while they are read are not kept', async () => {
    const before = await spooled();
    const { file, source } = opened(3_000_000);
    const contents = contentsOf(source, live);
    file.whenRead = () => Object.assign(file, { now: 'v2' });
    await assert.rejects(contents.sha1(), changedWhileRead);
    await contents.close();
    assert.deepEqual(await spooled(), before);
  });

  test('that a killed process kept are removed by the next one that keeps some', async (t) => {
    const folder = await temporaryFolder(t);
    const left = join(folder, temporaryName().replace(/-[0-9]+-/, '-4194304-'));
    await writeFile(left, 'left');
    const program = `
      import { spooledSource } from ${JSON.stringify(join(import.meta.dirname, 'spooled-source.ts'))};
      const file = { key: 'a', fingerprint: 'a', isSettled: true };
      const bytes = async function* () { yield Buffer.from('new'); };
      await (await spooledSource(file, bytes(), AbortSignal.timeout(10_000))).close();`;
    const env = { ...process.env, TMPDIR: folder };
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { env });
    assert.deepEqual(await readdir(folder), []);
  });

  test('are not said to be missing where the folder for temporary files is', async (t) => {
    const folder = join(await temporaryFolder(t), 'gone');
    const program = `
      import { spooledSource } from ${JSON.stringify(join(import.meta.dirname, 'spooled-source.ts'))};
      const file = { key: 'a', fingerprint: 'a', isSettled: true };
      const kept = spooledSource(file, [Buffer.from('new')], AbortSignal.timeout(10_000));
      await kept.catch(({ reason }) => console.log(reason.code, reason.words));`;
    const env = { ...process.env, TMPDIR: folder };
    const words = execFileSync(process.execPath, ['--input-type=module', '-e', program], { env });
    assert.match(`${words}`, /^local-error nothing can be written \(ENOENT\) in .*gone.*TMPDIR/);
  });

  test('that go in parts are not kept', async () => {
    const before = await spooled();
    const file = Object.assign(new FarFile(randomBytes(1_000)), { sizeBytes: 50_000_000 });
    const clock = new HastyClock();
    const contents = contentsOf(streamedSource(file, { signal: live, clock }), live);
    const seen: Promise<string[]>[] = [];
    file.whenRead = () => seen.push(spooled());
    await assert.rejects(contents.sha1(), { code: 'connection' });
    assert.deepEqual(await seen[0], before);
  });
});

async function spooled(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.includes(THIS_PROCESS));
}
