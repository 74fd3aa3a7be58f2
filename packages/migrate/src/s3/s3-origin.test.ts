import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { filterOf } from '@boxhaul/transfer';
import { originSuite } from '../origin.suite.ts';
import { SourceError } from '../source-error.ts';
import { cuttingProxy } from '../testing/cutting-proxy.ts';
import { BUCKET, startS3 } from '../testing/s3-server.ts';
import { openS3Origin } from './s3-origin.ts';

const live = new AbortController().signal;

originSuite('a bucket', async () => {
  const server = await startS3();
  const line = await cuttingProxy(server.front.port);
  const below = (path: string) => `exports/2025 Q1/${path}`;
  return {
    put: (path, bytes, modifiedMs) => server.put(below(path), bytes, modifiedMs),
    makeFolder: (path) => server.put(`${below(path)}/`, Buffer.alloc(0)),
    remove: (path) => server.remove(below(path)),
    deny: async (folder) => {
      const denied = encodeURIComponent(`${below(folder)}/`);
      const end = server.front.refuse(({ url = '' }) => url.includes(`prefix=${denied}`));
      return async () => end();
    },
    line,
    front: server.front,
    open: (signal) =>
      openS3Origin(
        { kind: 's3', bucket: BUCKET, prefix: below('') },
        { endpoint: `http://127.0.0.1:${line.port}`, env: server.env },
        signal,
      ),
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
});

suite('a bucket', () => {
  test('is read by prefix: a folder by its name, with a slash what is in it, or one object', async () => {
    await using server = await startS3();
    await server.put('a/b/one', Buffer.from('1'));
    await server.put('a/b/two', Buffer.from('2'));
    await server.put('a/beside', Buffer.from('3'));
    assert.deepEqual(await topOf('a/b'), ['b folder']);
    assert.deepEqual(await topOf('a/b/'), ['one file', 'two file']);
    assert.deepEqual(await topOf('a/beside'), ['beside file']);
    assert.deepEqual(await topOf(''), ['a folder']);
    await assert.rejects(topOf('a/none'), /^SourceError: s3:\/\/bucket\/a\/none is not there/);
    await assert.rejects(
      topOf('', 'no-bucket'),
      /s3:\/\/no-bucket\/ cannot be read: there is no such/,
    );

    async function topOf(prefix: string, bucket = BUCKET): Promise<string[]> {
      const endpoint = `http://127.0.0.1:${server.front.port}`;
      const address = { kind: 's3', bucket, prefix } as const;
      const origin = await openS3Origin(address, { endpoint, env: server.env }, live);
      try {
        const { entries } = await origin.top({ signal: live, filter: filterOf({}) });
        return entries.map(({ name, kind }) => `${name} ${kind}`);
      } finally {
        await origin.close();
      }
    }
  });

  test('with more in it than one answer holds is listed to its end', async () => {
    await using server = await startS3();
    const keys = Array.from({ length: 1_100 }, (_, index) => `many/${1_000 + index}`);
    while (keys.length > 0) {
      await Promise.all(keys.splice(0, 50).map((key) => server.put(key, Buffer.alloc(0))));
    }
    const endpoint = `http://127.0.0.1:${server.front.port}`;
    const address = { kind: 's3', bucket: BUCKET, prefix: 'many/' } as const;
    const origin = await openS3Origin(address, { endpoint, env: server.env }, live);
    const { entries } = await origin.top({ signal: live, filter: filterOf({}) });
    assert.equal(entries.length, 1_100);
    assert.equal(entries.at(-1)?.name, '2099');
    await origin.close();
  });

  test('whose listing does not say how it goes on, or is none, is not taken for all there is', async () => {
    await using server = await startS3();
    await server.put('one', Buffer.from('1'));
    const endpoint = `http://127.0.0.1:${server.front.port}`;
    const address = { kind: 's3', bucket: BUCKET, prefix: '' } as const;
    const origin = await openS3Origin(address, { endpoint, env: server.env }, live);
    const token = '<NextContinuationToken>again</NextContinuationToken>';
    const listing = (words: string) =>
      `<ListBucketResult><Name>bucket</Name><IsTruncated>true</IsTruncated>${words}</ListBucketResult>`;
    const answers = [
      [listing(''), /does not say how to ask for the rest/],
      [listing(token), /does not say how to ask for the rest/],
      ['<html><body>Sign in</body></html>', /is no listing/],
      ['', /is no listing/],
    ] as const;
    for (const [answer, words] of answers) {
      server.front.instead(
        () => true,
        (_request, response) => response.end(answer),
      );
      const listed = origin.top({ signal: live, filter: filterOf({}) });
      await assert.rejects(listed, { code: 'unexpected', message: words });
    }
    await origin.close();
  });

  test('shows a folder that has contents of its own, which Box cannot have', async () => {
    await using server = await startS3();
    await server.put('a/', Buffer.from('contents'));
    await server.put('b/', Buffer.alloc(0));
    const endpoint = `http://127.0.0.1:${server.front.port}`;
    const address = { kind: 's3', bucket: BUCKET, prefix: '' } as const;
    const origin = await openS3Origin(address, { endpoint, env: server.env }, live);
    const context = { signal: live, filter: filterOf({}) };
    const { entries } = await origin.top(context);
    const below: string[][] = [];
    for (const entry of entries) {
      below.push((await origin.list(entry, context)).map(({ name, kind }) => `${name} ${kind}`));
    }
    assert.deepEqual(below, [[' file'], []]);
    await origin.close();
  });

  test('says of what is archived that it has to be restored', async () => {
    await using server = await startS3();
    await server.put('cold', Buffer.from('contents'));
    const endpoint = `http://127.0.0.1:${server.front.port}`;
    const address = { kind: 's3', bucket: BUCKET, prefix: 'cold' } as const;
    const origin = await openS3Origin(address, { endpoint, env: server.env }, live);
    const { entries } = await origin.top({ signal: live, filter: filterOf({}) });
    const source = await origin.open(entries[0] ?? assert.fail(), live);
    server.front.refuse(
      ({ method }) => method === 'GET',
      '<Error><Code>InvalidObjectState</Code><Message>Not now</Message></Error>',
    );
    await assert.rejects(source.readWhole(), { code: 'no-permission', message: /restored/ });
    await source.close();
    await origin.close();
  });

  test('is not asked at an address that is none, or has a password in it', async () => {
    const address = { kind: 's3', bucket: BUCKET, prefix: '' } as const;
    const refused = (endpoint: string) => openS3Origin(address, { endpoint, env: {} }, live);
    await assert.rejects(refused('s3.example.com'), (error: unknown) => {
      assert.ok(error instanceof SourceError);
      assert.deepEqual(error.ways, ['--s3-endpoint https://s3.example.com']);
      return true;
    });
    for (const endpoint of ['https://ann:sesame@s3.example.com', 'ann:sesame@s3.example.com']) {
      await assert.rejects(refused(endpoint), (error: unknown) => {
        assert.ok(error instanceof SourceError);
        assert.doesNotMatch(JSON.stringify([error, error.stack]), /sesame/);
        return true;
      });
    }
  });

  test('is another than one of that name on another server, and so are its files', async () => {
    const keys: string[] = [];
    const identities: string[] = [];
    for (const contents of ['one', 'two']) {
      await using server = await startS3();
      await server.put('file', Buffer.from(contents));
      const endpoint = `http://127.0.0.1:${server.front.port}`;
      const address = { kind: 's3', bucket: BUCKET, prefix: 'file' } as const;
      const origin = await openS3Origin(address, { endpoint, env: server.env }, live);
      identities.push(origin.identity.join(' '));
      const { entries } = await origin.top({ signal: live, filter: filterOf({}) });
      const source = await origin.open(entries[0] ?? assert.fail(), live);
      keys.push(source.key);
      await source.close();
      await origin.close();
    }
    assert.notEqual(keys[0], keys[1]);
    assert.notEqual(identities[0], identities[1]);
  });

  test('lets nobody in with the wrong keys, and shows none of them', async () => {
    await using server = await startS3();
    const endpoint = `http://127.0.0.1:${server.front.port}`;
    const address = { kind: 's3', bucket: BUCKET, prefix: '' } as const;
    for (const wrong of [
      { AWS_SECRET_ACCESS_KEY: 'open sesame' },
      { AWS_ACCESS_KEY_ID: 'open sesame' },
    ]) {
      const env = { ...server.env, ...wrong };
      await assert.rejects(openS3Origin(address, { endpoint, env }, live), (error: unknown) => {
        assert.ok(error instanceof SourceError);
        assert.match(error.message, /does not let this machine in/);
        assert.match(error.ways.join(), /AWS_ACCESS_KEY_ID/);
        assert.doesNotMatch(JSON.stringify([error, error.stack, error.cause]), /open sesame/);
        return true;
      });
    }
  });

  test('in another region, or at another time, says so', async () => {
    await using server = await startS3();
    const endpoint = `http://127.0.0.1:${server.front.port}`;
    const address = { kind: 's3', bucket: BUCKET, prefix: '' } as const;
    const refused = async (region: string, message: RegExp, way: RegExp) => {
      const opening = openS3Origin(address, { endpoint, region, env: server.env }, live);
      await assert.rejects(opening, (error: unknown) => {
        assert.ok(error instanceof SourceError, String(error));
        assert.match(error.message, message);
        assert.match(error.ways.join(), way);
        return true;
      });
    };
    await refused('eu-central-1', /^the bucket is in another region: /, /--s3-region/);
    server.front.refuse(
      () => true,
      '<Error><Code>RequestTimeTooSkewed</Code><Message>Too far</Message></Error>',
    );
    await refused('us-east-1', /has another time than this machine: /, /clock/);
  });
});
