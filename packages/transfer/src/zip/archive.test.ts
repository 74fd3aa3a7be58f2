/** Archives as others make them, and as nobody should. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, type TestContext, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import yazl from 'yazl';
import { openTargetFolder } from '../download/disk-folder.ts';
import { temporaryFolder } from '../testing/disk.ts';
import { Spool } from './archive.ts';

/** What can be read of an archive, in order. */
async function read(t: TestContext, bytes: Buffer): Promise<[string, string | undefined][]> {
  const folder = await openTargetFolder(await temporaryFolder(t), false);
  await using spool = await Spool.in([folder]);
  await spool.fill([bytes.subarray(0, 7), bytes.subarray(7)].values().toArray(), bytes.length);
  const found: [string, string | undefined][] = [];
  for await (const entry of spool.entries()) {
    found.push([entry.name, (await entry.contents())?.toString()]);
  }
  return found;
}

async function archive(fill: (zip: yazl.ZipFile) => void): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  fill(zip);
  zip.end();
  return Buffer.concat(await Array.fromAsync(zip.outputStream as AsyncIterable<Buffer>));
}

const text = (content: string) => Buffer.from(content);

describe('an archive is read', () => {
  test('packed and as it is, in the old form and in ZIP64', async (t) => {
    const bytes = await archive((zip) => {
      zip.addBuffer(text('packed '.repeat(100)), 'packed');
      zip.addBuffer(text('as it is'), 'stored', { compress: false });
      zip.addBuffer(text('far'), 'zip64', { forceZip64Format: true });
    });
    assert.deepEqual(await read(t, bytes), [
      ['packed', 'packed '.repeat(100)],
      ['stored', 'as it is'],
      ['zip64', 'far'],
    ]);
  });

  test('with another archive in it, of which nothing is taken for its own', async (t) => {
    const inner = await archive((zip) => zip.addBuffer(text('inner'), 'inner'));
    const bytes = await archive((zip) => zip.addBuffer(inner, 'outer.zip', { compress: false }));
    const found = await read(t, bytes);
    assert.deepEqual(
      found.map(([name]) => name),
      ['outer.zip'],
    );
  });

  test('with names that lead elsewhere, which are only words', async (t) => {
    const bytes = await archive((zip) => {
      for (const name of ['AA/evil', 'BBBBBBBB', 'plain']) zip.addBuffer(text(name), name);
    });
    const hostile = Buffer.from(
      bytes.toString('latin1').replaceAll('AA/evil', '../evil').replaceAll('BBBBBBBB', '/etc\\hos'),
      'latin1',
    );
    const found = await read(t, hostile);
    assert.deepEqual(
      found.map(([name]) => name),
      ['../evil', '/etc\\hos', 'plain'],
    );
  });
});

describe('an archive that is damaged', () => {
  const small = () => archive((zip) => zip.addBuffer(text('contents '.repeat(50)), 'a'));

  for (const [what, spoil] of [
    ['cut off', (bytes) => bytes.subarray(0, -30)],
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => text('<html>not found</html>')],
  ] as [string, (bytes: Buffer) => Buffer][]) {
    test(`is none: ${what}`, async (t) => {
      const bytes = spoil(await small());
      await assert.rejects(read(t, bytes));
    });
  }

  test('gives what is not: an entry that does not unpack', async (t) => {
    const bytes = await small();
    // Its data begins behind a head of 30 bytes and a name of one.
    bytes.fill(0xff, 31, 40);
    assert.deepEqual(await read(t, bytes), [['a', undefined]]);
  });

  test('does not grow beyond what it claims', async (t) => {
    const bomb = deflateRawSync(Buffer.alloc(10_000_000));
    const bytes = await archive((zip) => zip.addBuffer(bomb, 'a', { compress: false }));
    // Stored data is called packed, of the same size as it claims to have unpacked.
    const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt16LE(8, end + 10);
    assert.deepEqual(await read(t, bytes), [['a', undefined]]);
  });

  test('is given up when it is longer than what was asked for, and leaves nothing', async (t) => {
    const path = await temporaryFolder(t);
    const folder = await openTargetFolder(path, false);
    {
      await using spool = await Spool.in([folder]);
      const endless = async function* () {
        for (;;) yield Buffer.alloc(1000);
      };
      await assert.rejects(spool.fill(endless(), 10_000), { code: 'wrong-contents' });
    }
    assert.deepEqual(await readdir(path), []);
  });
});

test('an archive is put where a folder takes it', async (t) => {
  const good = await openTargetFolder(await temporaryFolder(t), false);
  const gone = { ...good, path: `${good.path}/gone`, assertSame() {} };
  await using _spool = await Spool.in([gone, good]);
  assert.equal((await readdir(good.path)).length, 1);
  await assert.rejects(Spool.in([gone]), { code: 'ENOENT' });
});
