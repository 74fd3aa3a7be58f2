/** What every origin has to do, whatever its files lie on. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { filterOf, type Origin, type OriginEntry, type Source, upload } from '@boxhaul/transfer';
import type { OpenOrigin } from './far-origin.ts';
import type { OriginBench } from './testing/origin-bench.ts';

const live = new AbortController().signal;
const MEBIBYTE = 1024 * 1024;

const NAMES = [
  ' leading',
  '#hash?query',
  '%41 is no A',
  '100% sure.txt',
  "a'b,c;d=e",
  'a+b&c@d!$.txt',
  'e\u0301 decomposed',
  'spaces  in it.tar.gz',
  'ü ñ ß.txt',
  '日本語',
  '😀.bin',
];

/** @param openBench makes a new place, with nothing in it */
export function originSuite(name: string, openBench: () => Promise<OriginBench>): void {
  suite(`files of ${name}`, () => {
    let bench: OriginBench;
    let origin: OpenOrigin;
    const opened: OpenOrigin[] = [];

    before(async () => {
      bench = await openBench();
      await bench.makeFolder?.('tree/empty');
      await bench.put('tree/nothing', Buffer.alloc(0));
      await bench.put('tree/b/c/deep.txt', Buffer.from('deep'));
      await bench.put('tree/b.txt', Buffer.from('b'));
      await bench.put('tree/Z.txt', Buffer.from('Z'));
      for (const odd of NAMES) await bench.put(`odd/${odd}`, Buffer.from(odd));
      await bench.put('odd/of 100%/ü.txt', Buffer.from('below'));
      origin = await bench.open(live);
      opened.push(origin);
    });

    after(async () => {
      for (const one of opened) await one.close();
      await bench?.[Symbol.asyncDispose]();
    });

    test('are listed with their folders, empty ones too, in an order that stays the same', async () => {
      const seen = await namesBelow(origin, await folder('tree'));
      const empty = bench.makeFolder ? ['empty/'] : [];
      const names = ['Z.txt', 'b/', 'b/c/', 'b/c/deep.txt', 'b.txt', ...empty, 'nothing'];
      assert.deepEqual(seen, names);
      const again = await namesBelow(origin, await folder('tree'));
      assert.deepEqual(again, seen);
    });

    test('may have any name', async () => {
      const seen = await namesBelow(origin, await folder('odd'));
      assert.deepEqual(seen, [...NAMES, 'of 100%/', 'of 100%/ü.txt'].sort());
      for (const odd of [...NAMES, 'of 100%/ü.txt']) {
        await using source = await open(`odd/${odd}`);
        const contents = odd.includes('/') ? 'below' : odd;
        assert.equal(String(await source.readWhole()), contents);
      }
    });

    test('may be empty', async () => {
      await using source = await open('tree/nothing');
      assert.equal(source.sizeBytes, 0);
      assert.equal((await source.readWhole()).byteLength, 0);
    });

    test('that are large are read in order, and anywhere', async () => {
      const bytes = Buffer.alloc(60_000_000);
      for (let at = 0; at < bytes.byteLength; at += 4) bytes.writeUInt32BE(at, at);
      await bench.put('large/file', bytes);
      await using source = await open('large/file');
      assert.equal(source.sizeBytes, bytes.byteLength);
      const whole = createHash('sha1');
      for (let offset = 0; offset < bytes.byteLength; offset += 8 * MEBIBYTE) {
        const part = Buffer.alloc(Math.min(8 * MEBIBYTE, bytes.byteLength - offset));
        await source.readInto(part, offset);
        whole.update(part);
      }
      await source.assertUnchanged();
      assert.equal(whole.digest('hex'), createHash('sha1').update(bytes).digest('hex'));
      const piece = Buffer.alloc(100);
      await source.readInto(piece, 12_345_678);
      assert.deepEqual(piece, bytes.subarray(12_345_678, 12_345_778));
    });

    test('have their times, to the second', async () => {
      await bench.put('times/old', Buffer.from('old'), Date.parse('2001-02-03T04:05:06Z'));
      await using source = await open('times/old');
      assert.equal(source.contentModifiedAt, '2001-02-03T04:05:06+00:00');
    });

    test('look the same each time, until they change', async () => {
      await bench.put('prints/file', Buffer.from('one'), Date.parse('2001-02-03T04:05:06Z'));
      await using one = await open('prints/file');
      await using two = await open('prints/file');
      assert.equal(one.fingerprint, two.fingerprint);
      assert.equal(one.key, two.key);
      await bench.put('prints/file', Buffer.from('two'));
      await using three = await open('prints/file');
      assert.notEqual(one.fingerprint, three.fingerprint);
      assert.equal(one.key, three.key);
      await assert.rejects(one.assertUnchanged(), { code: 'changed-while-read' });
    });

    test('that change while they are read are never read to their end', async () => {
      await bench.put(
        'changes/file',
        randomBytes(3 * MEBIBYTE),
        Date.parse('2001-02-03T04:05:06Z'),
      );
      await using source = await open('changes/file');
      let givenBytes = 0;
      const reading = source.read();
      givenBytes += (await reading.next()).value?.byteLength ?? 0;
      await bench.put('changes/file', randomBytes(3 * MEBIBYTE));
      await assert.rejects(
        async () => {
          for await (const chunk of reading) givenBytes += chunk.byteLength;
        },
        { code: 'changed-while-read', recovery: 'restart' },
      );
      assert.ok(givenBytes < 3 * MEBIBYTE);
    });

    test('that are removed while they are read are never read to their end', async () => {
      await bench.put('removed/file', randomBytes(3 * MEBIBYTE));
      await using source = await open('removed/file');
      const reading = source.read();
      let givenBytes = (await reading.next()).value?.byteLength ?? 0;
      await bench.remove('removed/file');
      await assert.rejects(async () => {
        for await (const chunk of reading) givenBytes += chunk.byteLength;
      }, /changed while it was read|not there/);
      assert.ok(givenBytes < 3 * MEBIBYTE);
      await assert.rejects(open('removed/file'));
    });

    test('are let go of when nothing more is wanted', async () => {
      await bench.put('stops/file', randomBytes(3 * MEBIBYTE));
      const stop = new AbortController();
      const stopped = await bench.open(live);
      const entry = await find(stopped, 'stops/file');
      const source = await stopped.open(entry, stop.signal);
      const reading = source.read();
      await reading.next();
      const rest = Array.fromAsync(reading);
      stop.abort(new Error('enough'));
      // What lies on this machine's disk is read before anyone could say stop.
      await rest.catch((error: unknown) => assert.match(String(error), /enough/));
      await source.close();
      await stopped.close();
    });

    test('are read on where the connection broke', async (t) => {
      const { line } = bench;
      if (!line) return t.skip('there is no connection');
      const bytes = randomBytes(6 * MEBIBYTE);
      await bench.put('broken/file', bytes);
      await using source = await open('broken/file');
      line.cutAfter(MEBIBYTE, 3);
      assert.ok((await source.readWhole()).equals(bytes));
      assert.equal(line.cuts, 3);
      assert.deepEqual(await namesBelow(origin, await folder('broken')), ['file']);
    });

    test('are never put together from parts that are not those that were asked for', async (t) => {
      const { line, front } = bench;
      if (!line || !front) return t.skip('nothing is asked by HTTP');
      await bench.put('wrong part/file', randomBytes(2 * MEBIBYTE));
      const end = `bytes ${2 * MEBIBYTE - 10}-${2 * MEBIBYTE - 1}/${2 * MEBIBYTE}`;
      for (const headers of [{ 'content-range': end }, {}]) {
        await using source = await open('wrong part/file');
        let times = 0;
        const undo = front.instead(
          ({ headers: { range } }) => Number(/\d+/.exec(range ?? '')) > 0,
          (_request, response) => {
            times += 1;
            response.writeHead(206, headers).end(randomBytes(10));
          },
        );
        line.cutAfter(MEBIBYTE, 1);
        await assert.rejects(source.readWhole(), { code: 'unexpected', message: /asked for/ });
        assert.equal(times, 1);
        undo();
      }
    });

    test('go to Box with all that can be read; a folder that cannot is reported', async (t) => {
      await using box = await openBox();
      const denied = bench.deny && (await bench.deny('tree/b/c'));
      const report = await upload({
        client: box.client,
        sources: origin,
        folderId: '0',
        mode: 'upload',
        filter: filterOf({ include: ['tree/**', 'odd/**'] }),
      }).finally(() => denied?.());
      const problems = report.failures.map(({ path, reason }) => `${path}: ${reason?.code}`);
      assert.deepEqual(problems, denied ? ['tree/b/c: no-permission'] : []);
      const sent = NAMES.length + 1 + (denied ? 3 : 4);
      assert.equal(report.transferred, sent, JSON.stringify(report.failures));
      if (!denied) t.diagnostic('nothing stops whoever runs this from reading a folder');
    });

    /** A list has to be read again to know what was added to it. */
    async function readAgain(): Promise<void> {
      if (!bench.isList) return;
      origin = await bench.open(live);
      opened.push(origin);
    }

    async function folder(path: string): Promise<OriginEntry> {
      await readAgain();
      return find(origin, path);
    }

    async function open(path: string): Promise<Source & AsyncDisposable> {
      await readAgain();
      const source = await origin.open(await find(origin, path), live);
      return Object.assign(source, { [Symbol.asyncDispose]: () => source.close() });
    }
  });
}

async function find(origin: Origin, path: string): Promise<OriginEntry> {
  const context = { signal: live, filter: filterOf({}) };
  let { entries }: { entries: readonly OriginEntry[] } = await origin.top(context);
  let found: OriginEntry | undefined;
  for (const name of path.split('/')) {
    if (found) entries = await origin.list(found, context);
    found = entries.find((entry) => entry.name === name);
    if (!found) throw new Error(`${path} was not listed`);
  }
  return found ?? assert.fail();
}

async function namesBelow(origin: Origin, folder: OriginEntry, above = ''): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await origin.list(folder, { signal: live, filter: filterOf({}) })) {
    const name = above + entry.name;
    if (entry.kind !== 'folder') names.push(name);
    else names.push(`${name}/`, ...(await namesBelow(origin, entry, `${name}/`)));
  }
  return names;
}

async function openBox(): Promise<{ client: BoxClient; emulator: Emulator } & AsyncDisposable> {
  const emulator = await startEmulator();
  const client = new BoxClient({ auth: developerToken(emulator.token), baseUrl: emulator.url });
  return {
    client,
    emulator,
    async [Symbol.asyncDispose]() {
      await client.close();
      await emulator.close();
    },
  };
}
