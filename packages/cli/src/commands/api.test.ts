import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { type RunOptions, runHere } from '../testing/in-process.ts';
import { start, temporaryFolder } from '../testing/process.ts';

suite('boxhaul api', () => {
  let box: Emulator;
  let fileId: string;
  let manyId: string;
  before(async () => {
    box = await startEmulator();
    const made = await box.seed({
      '/Team/a.txt': 'the contents',
      ...Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`/Many/${at}.txt`, 'x'])),
    });
    fileId = made['/Team/a.txt']?.id ?? '';
    manyId = made['/Many']?.id ?? '';
  });
  after(() => box.close());

  const api = (args: readonly string[], options: RunOptions = {}) =>
    runHere(['api', ...args, '--base-url', box.url, '--token', box.token], options);
  const ok = async (args: readonly string[], options: RunOptions = {}) => {
    const { code, stdout, stderr } = await api(args, options);
    assert.equal(code, 0, stderr);
    return stdout;
  };

  test('prints the JSON of an answer', async () => {
    for (const path of ['/users/me', 'users/me', '/2.0/users/me', `${box.url}/2.0/users/me`]) {
      assert.equal(JSON.parse(await ok(['get', path])).id, box.adminUserId, path);
    }
    assert.match(await ok(['GET', '/users/me']), /^\{\n {2}"type": "user",\n/);
  });

  test('sends parameters, a list for what is given several times, and headers', async () => {
    const item = JSON.parse(
      await ok(['get', `/files/${fileId}`, '-q', 'fields=name', '-q', 'fields=size']),
    );
    assert.deepEqual([item.name, item.size, item.description], ['a.txt', 12, undefined]);
    const both = await ok(['get', `/files/${fileId}?fields=name`]);
    assert.equal(JSON.parse(both).size, undefined);
    const stale = await api([
      'put',
      `/files/${fileId}`,
      '-H',
      'If-Match: 99',
      '--body',
      '{"description":"x"}',
    ]);
    assert.equal(stale.code, 1);
    assert.match(stale.stderr, /412/);
  });

  test('sends a body from the line, from a file and from standard input', async (t) => {
    const cwd = await temporaryFolder(t);
    const folder = (name: string) => JSON.stringify({ name, parent: { id: '0' } });
    await writeFile(join(cwd, 'b.json'), folder('from a file'));
    const made = [
      await ok(['post', '/folders', '--body', folder('from the line')]),
      await ok(['post', '/folders', '--body', '@b.json'], { cwd }),
      await ok(['post', '/folders', '--body', '-'], { stdin: folder('from input') }),
    ].map((text) => JSON.parse(text).name);
    assert.deepEqual(made, ['from the line', 'from a file', 'from input']);
  });

  test('writes contents as they are, from whichever host they come', async (t) => {
    assert.equal(await ok(['get', `/files/${fileId}/content`]), 'the contents');
    const env = { BOX_BASE_URL: box.url, BOX_DEVELOPER_TOKEN: box.token };
    const { code, stdout } = await start(t, ['api', 'get', `files/${fileId}/content`], env).ended;
    assert.deepEqual([code, stdout], [0, 'the contents']);
  });

  test('reaches the host for uploads', async (t) => {
    const cwd = await temporaryFolder(t);
    const body = { file_name: 'large', file_size: 30_000_000, folder_id: '0' };
    const session = JSON.parse(
      await ok(
        ['post', '/files/upload_sessions', '--host', 'upload', '--body', JSON.stringify(body)],
        { cwd },
      ),
    );
    assert.equal(session.type, 'upload_session');
    assert.equal(await ok(['delete', session.session_endpoints.abort]), '');
  });

  test('gives all pages of a list, an entry a line', async () => {
    for (const how of [[], ['-q', 'usemarker=true']]) {
      box.resetCounts();
      const lines = (
        await ok(['get', `/folders/${manyId}/items`, '-q', 'limit=3', '--paginate', ...how])
      )
        .trim()
        .split('\n');
      assert.deepEqual(
        lines.map((line) => JSON.parse(line).name),
        [0, 1, 2, 3, 4, 5, 6].map((at) => `${at}.txt`),
      );
      assert.equal(box.counts()['GET /folders/:id/items'], 3);
    }
    const events = (
      await ok(['get', '/events', '-q', 'limit=5', '-q', 'stream_position=0', '--paginate'])
    )
      .trim()
      .split('\n');
    assert.equal(new Set(events.map((line) => JSON.parse(line).event_id)).size, events.length);
    assert.ok(events.length > 10);
  });

  test('tells what Box refuses in its own words', async () => {
    const { code, stdout, stderr } = await api([
      'post',
      '/folders',
      '--body',
      '{"name":"Team","parent":{"id":"0"}}',
    ]);
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.match(
      stderr,
      /^boxhaul: Box refused POST \/folders with 409: Item with the same name already exists/,
    );
    assert.match(
      stderr,
      /\n {2}code: item_name_in_use\n {2}message: Item with .*\n {2}context_info: \{"conflicts":\[/,
    );
    assert.match(stderr, /\n {2}request_id: \w+\n$/);
  });

  test('is repeated as all calls are, and counts with them', async () => {
    const fault = box.faults.add({
      match: { path: '/users/me' },
      action: { status: 500 },
      times: 2,
    });
    assert.equal(JSON.parse(await ok(['get', '/users/me'])).id, box.adminUserId);
    assert.equal(fault.hits, 2);
    const { code, stderr } = await api([
      'get',
      '/folders/0/items',
      '-q',
      'limit=1',
      '--paginate',
      '--max-calls',
      '2',
    ]);
    assert.equal(code, 1);
    assert.match(stderr, /calls/);
  });

  test('with --json the answer is an event, and each entry of a list is', async () => {
    const answer = JSON.parse(await ok(['get', '/users/me', '--json']));
    assert.deepEqual([answer.type, answer.status, answer.data.type], ['answer', 200, 'user']);
    const [entry] = (await ok(['get', '/folders/0/items', '--paginate', '--json'])).split('\n');
    assert.equal(JSON.parse(entry ?? '').type, 'entry');
    const gone = JSON.parse(
      await ok(['post', '/folders', '--body', '{"name":"gone","parent":{"id":0}}']),
    );
    assert.equal(JSON.parse(await ok(['delete', `/folders/${gone.id}`, '--json'])).status, 204);
  });

  test('says status and headers on stderr when it is asked to', async () => {
    const { stdout, stderr } = await api(['get', '/users/me', '--include']);
    assert.match(stderr, /^200\n(?:.*\n)*content-type: application\/json/);
    assert.match(stdout, /^\{/);
  });

  test('a dry run sends nothing', async () => {
    box.resetCounts();
    const said = await ok([
      'put',
      'folders/1',
      '-n',
      '-q',
      'fields=a',
      '-q',
      'fields=b',
      '-H',
      'If-Match: 4',
      '-b',
      '{}',
    ]);
    assert.equal(
      said,
      'PUT /folders/1?fields=a,b   (api)\nif-match: 4\n2 bytes of application/json\n',
    );
    assert.deepEqual(box.counts(), {});
  });

  const wrong: [args: string[], code: number, says: RegExp][] = [
    [['fetch', '/x'], 2, /"fetch" is no method of Box's\n {2}→ get, post, put/],
    [['get'], 2, /missing required argument 'path'/],
    [['get', '/x', '-q', 'fields'], 2, /Give a name and a value/],
    [['get', '/x', '-H', 'Authorization: Bearer x'], 2, /the token is set by whoever sends it/],
    [['post', '/x', '--body', '{a:1}'], 2, /the body is no JSON/],
    [['post', '/x', '--body', '@no-such'], 2, /no-such is not there/],
    [['post', '/x', '--body', '{}', '--paginate'], 2, /--paginate asks for page after page/],
    [['get', '/users/me', '--paginate'], 2, /the answer is no list/],
    [['get', 'https://example.com/x'], 2, /on Box’s own hosts, and this one is on example\.com/],
    [['get', '/a\nb'], 2, /GET \/a\nb cannot be sent: invalid request path\n$/],
    [['get', '/folders/99999'], 1, /404/],
    [['get', '/no/such/thing'], 1, /not_emulated|404|405/],
  ];
  for (const [args, code, says] of wrong) {
    test(`api ${args.join(' ')} is told`, async () => {
      const ended = await api(args);
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, says);
    });
  }
});
