import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { startEmulator } from '@boxhaul/emulator';
import { runHere } from '../testing/in-process.ts';

async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'boxhaul-migrate-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function openBox(t: TestContext) {
  const box = await startEmulator();
  const client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
  t.after(async () => {
    await client.close();
    await box.close();
  });
  const env = { BOX_BASE_URL: box.url, BOX_DEVELOPER_TOKEN: box.token };
  return { box, client, env };
}

suite('boxhaul migrate', () => {
  test('brings a folder of this machine, and does nothing when it is run again', async (t) => {
    const { env } = await openBox(t);
    const cwd = await newFolder(t);
    await mkdir(join(cwd, 'archive'));
    await writeFile(join(cwd, 'archive', 'a.txt'), 'a');
    const command = ['migrate', 'archive', '--to', '/In'];
    const first = await runHere(command, { env, cwd });
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stdout, /↑ archive → \/In \(upload\)/);
    assert.match(first.stdout, /transferred {2}1/);
    const second = await runHere(command, { env, cwd });
    assert.match(second.stdout, /skipped {6}1/);
  });

  test('brings what a list names, with times and words', async (t) => {
    const { client, env } = await openBox(t);
    const cwd = await newFolder(t);
    await writeFile(join(cwd, 'a.txt'), 'a');
    await utimes(join(cwd, 'a.txt'), 1_000_000_000, 1_000_000_000);
    const row = 'a.txt,2001/first.txt,1999-12-31,"about it","x,y"';
    await writeFile(join(cwd, 'list.csv'), `source,target,created,description,tags\n${row}\n`);
    const { code, stderr } = await runHere(['migrate', 'list.csv', '--to', '/'], { env, cwd });
    assert.equal(code, 0, stderr);
    const [folder] = await Array.fromAsync(client.folders.items('0'));
    const [file] = await Array.fromAsync(client.folders.items(folder?.id ?? ''));
    const fields = ['content_created_at', 'content_modified_at', 'description', 'tags'];
    const { content_created_at, content_modified_at, description, tags } = await client.files.get(
      file?.id ?? '',
      { fields },
    );
    assert.equal(Date.parse(content_created_at ?? ''), Date.UTC(1999, 11, 31));
    assert.equal(Date.parse(content_modified_at ?? ''), 1_000_000_000_000);
    assert.deepEqual([description, tags], ['about it', ['x', 'y']]);
  });

  test('reports as unproven what came from a server that tells no end', async (t) => {
    const { env } = await openBox(t);
    const cwd = await newFolder(t);
    const server = createServer(({ socket }) => {
      socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nwhat is');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const { port } = server.address() as AddressInfo;
    await writeFile(join(cwd, 'a.txt'), 'a');
    await writeFile(join(cwd, 'list.csv'), `source\na.txt\nhttp://127.0.0.1:${port}/b.txt\n`);
    const command = ['migrate', 'list.csv', '--to', '/', '--report', 'r.csv'];
    const { code, stderr } = await runHere(command, { env, cwd });
    assert.equal(code, 0, stderr);
    const lines = (await readFile(join(cwd, 'r.csv'), 'utf8')).trim().split('\n');
    const told = lines.map((line) => [line.split(',')[5], line.split(',').at(-1)]).sort();
    assert.deepEqual(told, [
      ['a.txt', ''],
      ['b.txt', 'yes'],
      ['path', 'unproven'],
    ]);
  });

  test('makes nothing in Box when something is wrong with the source', async (t) => {
    const { client, env } = await openBox(t);
    const cwd = await newFolder(t);
    await writeFile(join(cwd, 'list.csv'), 'source,modified\na,today\n,\n');
    const wrong: Record<string, RegExp> = {
      'list.csv': /nothing of it was done\n {2}line 2, column modified: "today" is no time/,
      'none.jsonl': /none\.jsonl is not there/,
      none: /none is not there/,
      'sftp://u:topsecret@h/': /password in the address sftp:\/\/…@h\//,
      'sftp://u:top/topsecret@h/': /password in the address sftp:\/\/…@h\//,
      'ftp://h/': /cannot be taken from "ftp:\/\/"/,
    };
    for (const [source, words] of Object.entries(wrong)) {
      const { code, stdout, stderr } = await runHere(['migrate', source, '--to', '/In'], {
        env,
        cwd,
      });
      assert.equal(code, 2, source);
      assert.match(stderr, words);
      assert.match(stderr, /→ /);
      assert.doesNotMatch(stdout + stderr, /topsecret/);
    }
    const { code, stderr } = await runHere(['migrate', 'list.csv'], { env, cwd });
    assert.equal(code, 2);
    assert.match(stderr, /it is not said where to\n {2}→ boxhaul migrate list\.csv --to/);
    const secret = await runHere(['migrate', 'sftp://u:topsecret@h/'], { env, cwd });
    assert.equal(secret.code, 2);
    assert.match(secret.stderr, /it is not said where to/);
    assert.doesNotMatch(secret.stdout + secret.stderr, /topsecret/);
    assert.deepEqual(await Array.fromAsync(client.folders.items('0')), []);
  });

  test('writes its manifest over nothing that it reads or writes itself', async (t) => {
    const { client, env } = await openBox(t);
    const cwd = await newFolder(t);
    const list = 'source,target\na.txt,a.txt\n';
    await writeFile(join(cwd, 'a.txt'), 'a');
    await writeFile(join(cwd, 'list.csv'), list);
    const clashes = [
      ['--manifest', './list.csv'],
      ['--gaps', join(cwd, 'list.csv')],
      ['--manifest', 'x.csv', '--gaps', 'x.csv'],
      ['--manifest', 'x.csv', '--gaps', 'x.csv.sha256'],
      ['--manifest', 'x.csv', '--report', 'x.csv'],
      ['--manifest', 'people.csv', '--users', 'people.csv'],
    ];
    for (const options of clashes) {
      const command = ['migrate', 'list.csv', '--to', '/In', ...options];
      const { code, stderr } = await runHere(command, { env, cwd });
      assert.equal(code, 2, options.join(' '));
      assert.match(stderr, /would be written over .*\n.*needs it as well\n.*→ /);
    }
    assert.equal(await readFile(join(cwd, 'list.csv'), 'utf8'), list);
    assert.deepEqual(await Array.fromAsync(client.folders.items('0')), []);
  });

  test('warns of a password that others could read on its way', async (t) => {
    const { env } = await openBox(t);
    const cwd = await newFolder(t);
    const warned = async (address: string, password = 'topsecret') => {
      const surroundings = { ...env, BOXHAUL_DAV_USER: 'ann', BOXHAUL_DAV_PASSWORD: password };
      const { code, stderr } = await runHere(['migrate', address, '--to', '/In'], {
        env: surroundings,
        cwd,
      });
      assert.equal(code, 2);
      assert.match(stderr, /cannot be read/);
      assert.doesNotMatch(stderr, /topsecret/);
      return stderr.includes('warning: dav:// sends the password to 0.0.0.0:1 so that others');
    };
    assert.deepEqual(
      [
        await warned('dav://0.0.0.0:1/a'),
        await warned('dav://0.0.0.0:1/a', ''),
        await warned('davs://0.0.0.0:1/a'),
        await warned('dav://127.0.0.1:1/a'),
      ],
      [true, false, false, false],
    );
  });

  test('keeps passwords and signatures out of what it says, logs and remembers', async (t) => {
    const { env } = await openBox(t);
    const cwd = await newFolder(t);
    const server = createServer((request, response) => {
      const isKnown = request.headers.authorization === `Basic ${btoa('ann:topsecret')}`;
      response.writeHead(isKnown ? 404 : 401).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const { port } = server.address() as { port: number };
    const url = `http://ann:topsecret@127.0.0.1:${port}/a?signature=topsecret`;
    await writeFile(join(cwd, 'list.jsonl'), JSON.stringify({ source: url, target: 'a' }));
    const args = [
      'migrate',
      'list.jsonl',
      '--to',
      '/',
      '--log-file',
      'run.log',
      '--json',
      '--debug',
    ];
    const { code, stdout, stderr } = await runHere(args, { env, cwd });
    assert.equal(code, 1);
    assert.match(stdout, /"reason":"not-found"/);
    const jobs = await runHere(['jobs', '--json'], { env, cwd });
    const log = await readFile(join(cwd, 'run.log'), 'utf8');
    assert.doesNotMatch([stdout, stderr, log, jobs.stdout].join(), /topsecret/);
  });

  test('says in a dry run what it would do', async (t) => {
    const { client, env } = await openBox(t);
    const cwd = await newFolder(t);
    await writeFile(join(cwd, 'a.txt'), 'a');
    await writeFile(join(cwd, 'list.csv'), 'source,target\na.txt,x/\nb.txt,y/\n');
    const args = ['migrate', 'list.csv', '--to', '/', '--dry-run', '--include', 'x/**'];
    const { code, stdout } = await runHere(args, { env, cwd });
    assert.equal(code, 0, stdout);
    assert.match(stdout, /new +1/);
    assert.deepEqual(await Array.fromAsync(client.folders.items('0')), []);
  });
});
