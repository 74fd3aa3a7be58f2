import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { filterOf } from '@boxhaul/transfer';
import { originSuite } from '../origin.suite.ts';
import { cuttingProxy } from '../testing/cutting-proxy.ts';
import { startFileServer } from '../testing/file-server.ts';
import { folderBench } from '../testing/folder-bench.ts';
import { httpFront } from '../testing/http-front.ts';
import { openManifest } from './manifest-origin.ts';

const live = new AbortController().signal;

/** All files below a folder, as lines of a manifest. */
async function listed(root: string, source: (path: string) => string): Promise<string> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .map((path) => JSON.stringify({ source: source(path), target: path }))
    .join('\n');
}

originSuite('a list of paths', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'boxhaul-list-'));
  const { put, remove } = folderBench(join(folder, 'files'));
  const path = join(folder, 'list.jsonl');
  return {
    put,
    remove,
    isList: true,
    async open(signal) {
      await writeFile(path, await listed(join(folder, 'files'), (file) => `files/${file}`));
      return openManifest({ path, format: 'jsonl', env: {} }, signal);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
});

originSuite('a list of URLs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'boxhaul-urls-'));
  const root = join(folder, 'files');
  const server = await startFileServer(root);
  const front = await httpFront(server.port);
  const line = await cuttingProxy(front.port);
  const { put, remove } = folderBench(root);
  const path = join(folder, 'list.jsonl');
  const url = (file: string) =>
    `http://127.0.0.1:${line.port}/${file.split('/').map(encodeURIComponent).join('/')}`;
  return {
    put,
    remove,
    isList: true,
    line,
    front,
    async open(signal) {
      await writeFile(path, await listed(root, url));
      return openManifest({ path, format: 'jsonl', env: {} }, signal);
    },
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]();
      await front[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
});

async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'boxhaul-manifest-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function openedList(folder: string, rows: readonly object[]) {
  const path = join(folder, 'list.jsonl');
  await writeFile(path, rows.map((row) => JSON.stringify(row)).join('\n'));
  const origin = await openManifest({ path, format: 'jsonl', env: {} }, live);
  const { entries } = await origin.top({ signal: live, filter: filterOf({}) });
  return { origin, entries, [Symbol.asyncDispose]: () => origin.close() };
}

suite('files of a list', () => {
  test('have the times that it says, and those of the files where it says none', async (t) => {
    const folder = await newFolder(t);
    await writeFile(join(folder, 'a'), 'a');
    await utimes(join(folder, 'a'), 1_000_000_000, 1_000_000_000);
    const times = { modified: '2001-02-03', created: '1999-12-31T23:59:59Z' };
    await using list = await openedList(folder, [
      { source: 'a', target: 'both', ...times },
      { source: 'a', target: 'none' },
      { source: join(folder, 'a'), target: 'modified', modified: times.modified },
    ]);
    const told: Record<string, unknown> = {};
    for (const entry of list.entries) {
      const source = await list.origin.open(entry, live);
      told[entry.name] = [source.contentCreatedAt, source.contentModifiedAt];
      await source.close();
    }
    assert.deepEqual(told, {
      both: ['1999-12-31T23:59:59+00:00', '2001-02-03T00:00:00+00:00'],
      modified: ['2001-02-03T00:00:00+00:00', '2001-02-03T00:00:00+00:00'],
      none: ['2001-09-09T01:46:40+00:00', '2001-09-09T01:46:40+00:00'],
    });
  });

  test('bring along what it says of them', async (t) => {
    const folder = await newFolder(t);
    await using list = await openedList(folder, [
      { source: 'a', description: 'words', tags: ['x', 'y'] },
      { source: 'b' },
    ]);
    const [a, b] = list.entries;
    assert.ok(a && b);
    const { details } = list.origin;
    assert.deepEqual(await details.read(a, live), { description: 'words', tags: ['x', 'y'] });
    assert.equal(details.calls(a), 1);
    assert.notEqual(details.fingerprint(a), undefined);
    assert.equal(details.fingerprint(b), undefined);
  });

  test('that are not there fail alone', async (t) => {
    const folder = await newFolder(t);
    await mkdir(join(folder, 'folder'));
    await using list = await openedList(folder, [{ source: 'none' }, { source: 'folder' }]);
    const [one, two] = list.entries;
    assert.ok(one && two);
    await assert.rejects(list.origin.open(one, live), { code: 'special-file' });
    await assert.rejects(list.origin.open(two, live), { code: 'ENOENT' });
  });

  test('may be sent on, be signed for one method, have no length, or come compressed', async (t) => {
    const folder = await newFolder(t);
    const asked: string[] = [];
    await using server = await startFileServer(folder, (request, response) => {
      const { method, url = '', headers } = request;
      asked.push(`${method} ${url} ${headers.authorization ?? ''}`);
      const { pathname } = new URL(url, 'http://localhost');
      if (pathname === '/moved') response.writeHead(302, { location: '/there' }).end();
      else if (pathname === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else if (pathname === '/signed' && method !== 'GET') response.writeHead(403).end();
      else if (pathname === '/secret' && !headers.authorization) response.writeHead(401).end();
      else if (pathname === '/endless')
        response.writeHead(200).end(method === 'GET' ? 'b'.repeat(1e6) : '');
      else if (pathname === '/zipped') {
        response.setHeader('content-encoding', 'gzip');
        response.end(gzipSync('plain'));
      } else if (pathname === '/down') response.writeHead(404).end();
      else {
        request.url = '/there';
        return false;
      }
      return true;
    });
    await writeFile(join(folder, 'there'), 'it is here');
    const base = `http://127.0.0.1:${server.port}`;
    const row = (name: string) => ({ source: `${base}/${name}`, target: name.replace(/\?.*/, '') });
    await using list = await openedList(folder, [
      row('moved'),
      row('loop'),
      row('signed?signature=topsecret'),
      row('endless'),
      row('zipped'),
      row('down'),
      { source: `http://ann:open%20sesame@127.0.0.1:${server.port}/secret` },
      { source: `${base}/secret`, target: 'unknown' },
    ]);
    const came: Record<string, unknown> = {};
    for (const entry of list.entries) {
      const source = await list.origin.open(entry, live).catch((error: unknown) => error as Error);
      if (source instanceof Error) {
        came[entry.name] = source.message;
        continue;
      }
      const text = String(await source.readWhole());
      came[entry.name] = text.length > 100 ? text.length : text;
      assert.doesNotMatch(source.key, /topsecret|sesame/);
      await source.close();
    }
    assert.deepEqual(came, {
      down: 'it is not there (any more)',
      endless: 1e6,
      loop: 'its server sends on from one address to another',
      moved: 'it is here',
      secret: 'it is here',
      signed: 'it is here',
      unknown: 'its server wants a password, or another one',
      zipped: gzipSync('plain').toString(),
    });
    assert.ok(asked.some((one) => one === `GET /secret Basic ${btoa('ann:open sesame')}`));
  });
});
