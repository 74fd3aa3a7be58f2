import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { filterOf } from '@boxhaul/transfer';
import { originSuite } from '../origin.suite.ts';
import { SourceError } from '../source-error.ts';
import { cuttingProxy } from '../testing/cutting-proxy.ts';
import { folderBench } from '../testing/folder-bench.ts';
import { startWebDav, type WebDavServer } from '../testing/webdav-server.ts';
import { openWebDavOrigin } from './webdav-origin.ts';

const live = new AbortController().signal;

originSuite('a WebDAV server', async () => {
  const server = await startWebDav();
  const line = await cuttingProxy(server.front.port);
  return {
    ...folderBench(join(server.folder, 'all of 100%')),
    deny: async (folder) => {
      const denied = encodeURI(folder);
      const end = server.front.refuse(({ url = '' }) => url.includes(denied));
      return async () => end();
    },
    line,
    front: server.front,
    open: (signal) => {
      const url = `http://127.0.0.1:${line.port}/all%20of%20100%25/`;
      return openWebDavOrigin({ kind: 'webdav', url }, { env: server.env }, signal);
    },
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
});

suite('a WebDAV server', () => {
  test('is read by path: a folder by its name, with a slash what is in it, or one file', async () => {
    await using server = await startWebDav();
    await mkdir(join(server.folder, 'a', 'b c'), { recursive: true });
    await writeFile(join(server.folder, 'a', 'b c', 'one'), '1');
    const base = `http://127.0.0.1:${server.front.port}`;
    assert.deepEqual(await topOf('/a/b%20c'), ['b c folder']);
    assert.deepEqual(await topOf('/a/b%20c/'), ['one file']);
    assert.deepEqual(await topOf('/a/b%20c/one'), ['one file']);
    assert.deepEqual(await topOf('/'), ['a folder']);
    await assert.rejects(topOf('/none'), /is not there/);
    await assert.rejects(topOf('/a/b%20c/one/'), /is no folder|is not there/);

    async function topOf(path: string): Promise<string[]> {
      const address = { kind: 'webdav', url: base + path } as const;
      const origin = await openWebDavOrigin(address, { env: server.env }, live);
      const { entries } = await origin.top({ signal: live, filter: filterOf({}) });
      await origin.close();
      return entries.map(({ name, kind }) => `${name} ${kind}`);
    }
  });

  test('that is cut off while it lists is asked again', async () => {
    await using server = await startWebDav();
    await mkdir(join(server.folder, 'a'));
    await using opened = await openedAt(server, '/a/');
    let times = 0;
    const undo = server.front.instead(isListing, (_request, response) => {
      times += 1;
      undo();
      response.writeHead(207).end(listOf('/a/', '/a/one').replace('</multistatus>', ''));
    });
    assert.deepEqual(await opened.names(), []);
    assert.equal(times, 1);
  });

  test('that lists what was not asked for is not believed', async () => {
    await using server = await startWebDav();
    await mkdir(join(server.folder, 'a'));
    await using opened = await openedAt(server, '/a/');
    for (const stray of ['/b', '/b/one', '/a/b/one', '/a/../b', '/']) {
      server.front.instead(isListing, (_request, response) =>
        response.writeHead(207).end(listOf('/a/', '/a/one', stray)),
      );
      await assert.rejects(opened.names(), { code: 'unexpected', message: /and lists/ }, stray);
    }
  });

  test('that does not say how long a file is has no such file to send', async () => {
    await using server = await startWebDav();
    await mkdir(join(server.folder, 'a'));
    await using opened = await openedAt(server, '/a/');
    server.front.instead(
      ({ method }) => method === 'PROPFIND',
      ({ url, headers }, response) =>
        response
          .writeHead(207)
          .end(headers.depth === '1' ? listOf('/a/', '/a/x') : listOf(`${url}`)),
    );
    const { entries } = await opened.origin.top({ signal: live, filter: filterOf({}) });
    const opening = opened.origin.open(entries[0] ?? assert.fail(), live);
    await assert.rejects(opening, { code: 'unexpected', message: /does not say how long/ });
  });

  test('lets nobody in with the wrong password, and shows nobody what it was', async () => {
    await using server = await startWebDav();
    const env = { ...server.env, BOXHAUL_DAV_PASSWORD: 'closed sesame' };
    const url = `http://127.0.0.1:${server.front.port}/`;
    const opening = openWebDavOrigin({ kind: 'webdav', url, user: 'ann' }, { env }, live);
    await assert.rejects(opening, (error: unknown) => {
      assert.ok(error instanceof SourceError);
      assert.match(error.message, /http:\/\/ann@127.0.0.1:\d+ does not let this machine in/);
      assert.match(error.ways.join(), /BOXHAUL_DAV_PASSWORD/);
      assert.doesNotMatch(JSON.stringify([error, error.stack, error.cause]), /sesame/);
      return true;
    });
  });
});

function isListing({ method, headers }: IncomingMessage): boolean {
  return method === 'PROPFIND' && headers.depth === '1';
}

function listOf(...hrefs: readonly string[]): string {
  const responses = hrefs.map(
    (href) =>
      `<response><href>${href}</href><propstat><prop><resourcetype>${
        href.endsWith('/') ? '<collection/>' : ''
      }</resourcetype></prop><status>HTTP/1.1 200 OK</status></propstat></response>`,
  );
  return `<multistatus xmlns="DAV:">${responses.join('')}</multistatus>`;
}

async function openedAt({ front, env }: WebDavServer, path: string) {
  const address = { kind: 'webdav', url: `http://127.0.0.1:${front.port}${path}` } as const;
  const origin = await openWebDavOrigin(address, { env }, live);
  return {
    origin,
    async names() {
      const { entries } = await origin.top({ signal: live, filter: filterOf({}) });
      return entries.map(({ name }) => name);
    },
    [Symbol.asyncDispose]: () => origin.close(),
  };
}
