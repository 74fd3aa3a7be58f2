import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EmulatorOptions } from './options.ts';
import { type BoxCalls, boxCalls } from './testing/box-calls.ts';
import { startReceiver } from './testing/receiver.ts';

const start = Date.UTC(2030, 0, 1);
const partBytes = 8 * 1024 * 1024;
const sessionBytes = 20_000_000;

test('with a clock and a seed the same calls get the same answers, to the byte', async (t) => {
  const options = { clock: { now: () => start }, seed: 7 };
  const one = await answersOf(t, options);
  assert.ok(one.length > 80, `${one.length} calls`);
  assert.ok(
    one.every(({ status }) => status < 500),
    'some call failed',
  );
  assert.deepEqual(await answersOf(t, options), one);
});

test('another seed gives other ids, and none gives others each time', async (t) => {
  const clock = { now: () => start };
  const tokens = await Promise.all(
    [{ seed: 7 }, { seed: 8 }, {}, {}].map(async (options) => {
      const { emulator } = await boxCalls(t, { clock, ...options });
      return emulator.issueToken();
    }),
  );
  assert.equal(new Set(tokens).size, 4);
});

interface Heard {
  call: string;
  status: number;
  headers: unknown;
  text: string;
}

/** Makes all sorts of calls, one after the other, and says what was answered to each. */
async function answersOf(
  t: Parameters<typeof boxCalls>[0],
  options: EmulatorOptions,
): Promise<Heard[]> {
  const box = await boxCalls(t, options);
  const receiver = await startReceiver(t);
  const heard: Heard[] = [];
  const plain = (text: string) =>
    text.replaceAll(box.emulator.url, 'BOX').replaceAll(receiver.url, 'HOOK');
  const { call } = box;
  box.call = async (method, path, options) => {
    const answer = await call(method, path, options);
    heard.push({
      call: plain(`${method} ${path}`),
      status: answer.status,
      headers: JSON.parse(plain(JSON.stringify(answer.headers))),
      text: plain(answer.bytes.toString('latin1')),
    });
    return answer;
  };
  await people(box);
  await items(box);
  await uploadSession(box);
  await metadata(box);
  await activity(box, receiver.url);
  await faults(box);
  for (const { headers, body } of await receiver.arrived(2)) {
    const { host, connection, ...kept } = headers;
    heard.push({ call: 'HOOK', status: 200, headers: kept, text: plain(body.toString()) });
  }
  return heard;
}

async function people(box: BoxCalls): Promise<void> {
  const { emulator, call, get } = box;
  const form = (fields: Record<string, string>) =>
    call('POST', `${emulator.url}/oauth2/token`, {
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  const { clientID, clientSecret, enterpriseID } = emulator.app;
  const app = { client_id: clientID, client_secret: clientSecret };
  const consent = await call('POST', `${emulator.url}/api/oauth2/authorize`, {
    body: `response_type=code&client_id=${clientID}&redirect_uri=http://127.0.0.1/&decision=grant`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const code = new URL(String(consent.headers.location)).searchParams.get('code') ?? '';
  const pair = await form({ ...app, grant_type: 'authorization_code', code });
  await form({ ...app, grant_type: 'refresh_token', refresh_token: pair.json.refresh_token });
  await form({
    ...app,
    grant_type: 'client_credentials',
    box_subject_type: 'enterprise',
    box_subject_id: enterpriseID,
  });
  await get('/users/me');
  await get(`/users/${emulator.serviceAccountUserId}`);
  const user = { name: 'App', is_platform_access_only: true };
  const { json } = await call('POST', '/users', { json: user });
  await get('/folders/0', { headers: { 'as-user': json.id } });
  const group = await call('POST', '/groups', { json: { name: 'G' } });
  const member = { user: { id: json.id }, group: { id: group.json.id } };
  await call('POST', '/group_memberships', { json: member });
  await get('/users');
}

async function items(box: BoxCalls): Promise<void> {
  const { call, get, emulator } = box;
  const made = await emulator.seed({ '/seeded/one.txt': 'one', '/seeded/two.txt': 'two' });
  const id = made['/seeded']?.id ?? '';
  await get(`/folders/${id}/items?limit=1&usemarker=true`);
  const folder = await box.folder('folder');
  const file = await box.file('a.txt', 'first', folder);
  await box.upload(`/files/${file.id}/content`, { name: 'a.txt' }, 'second');
  await get(`/files/${file.id}/versions`);
  await box.contents(file.id);
  await call('PUT', `/files/${file.id}`, { json: { description: 'after a download' } });
  await call('OPTIONS', '/files/content', { json: { name: 'p', parent: { id: folder }, size: 5 } });
  for (const shared_link of [{ access: 'open', password: 'Secret123' }, { access: 'company' }]) {
    await call('PUT', `/files/${file.id}`, { json: { shared_link } });
  }
  await call('PUT', `/folders/${folder}`, { json: { folder_upload_email: { access: 'open' } } });
  await call('PUT', `/files/${file.id}`, { json: { lock: { access: 'lock' } } });
  await call('PUT', `/files/${file.id}`, { json: { lock: null, name: 'b.txt' } });
  await call('POST', `/files/${file.id}/copy`, { json: { parent: { id } } });
  await call('POST', `/folders/${folder}/copy`, { json: { parent: { id }, name: 'copy' } });
  await call('PUT', `/folders/${folder}`, { json: { parent: { id } } });
  await call('POST', '/web_links', { json: { url: 'https://box.com/', parent: { id } } });
  await get(`/folders/${id}?fields=name,item_collection,path_collection`);
  await call('POST', '/folders', { json: { name: 'seeded', parent: { id: '0' } } });
  await call('DELETE', `/files/${file.id}`);
  await get('/folders/trash/items');
  await call('POST', `/files/${file.id}`, { json: {} });
  const zipped = { items: [{ type: 'folder', id }], download_file_name: 'z' };
  const zip = await call('POST', '/zip_downloads', { json: zipped });
  await call('GET', zip.json.download_url);
  await call('GET', zip.json.status_url);
  await get('/search?query=txt');
  await get('/recent_items');
  await get(`/files/${file.id}?fields=representations`);
}

async function uploadSession(box: BoxCalls): Promise<void> {
  const { call, get } = box;
  const contents = Buffer.alloc(sessionBytes, 'x');
  const begun = { folder_id: '0', file_name: 'large', file_size: sessionBytes };
  const { json } = await call('POST', '/files/upload_sessions', { json: begun });
  const parts: unknown[] = [];
  for (let offset = 0; offset < sessionBytes; offset += partBytes) {
    const bytes = contents.subarray(offset, offset + partBytes);
    const headers = {
      digest: `sha=${await sha1(bytes)}`,
      'content-range': `bytes ${offset}-${offset + bytes.length - 1}/${sessionBytes}`,
    };
    const path = `/files/upload_sessions/${json.id}`;
    parts.push((await call('PUT', path, { body: bytes, headers })).json.part);
  }
  await get(`/files/upload_sessions/${json.id}/parts`);
  const headers = { digest: `sha=${await sha1(contents)}` };
  await call('POST', `/files/upload_sessions/${json.id}/commit`, { json: { parts }, headers });
}

async function sha1(bytes: Buffer): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new Uint8Array(bytes));
  return Buffer.from(digest).toString('base64');
}

async function metadata(box: BoxCalls): Promise<void> {
  const { call, get } = box;
  const options = [{ key: 'red' }, { key: 'blue' }];
  const fields = [{ type: 'enum', key: 'colour', displayName: 'Colour', options }];
  const template = { scope: 'enterprise', displayName: 'Paint', fields };
  await call('POST', '/metadata_templates/schema', { json: template });
  const more = { op: 'addField', data: { type: 'string', key: 'maker', displayName: 'Maker' } };
  await call('PUT', '/metadata_templates/enterprise/paint/schema', { json: [more] });
  const folder = await box.folder('painted');
  const path = `/folders/${folder}/metadata/enterprise/paint`;
  await call('POST', path, { json: { colour: 'red' } });
  await get(path);
  const policy = { folder_id: folder, scope: 'enterprise', templateKey: 'paint' };
  await call('POST', '/metadata_cascade_policies', { json: policy });
  await box.file('inherits.txt', 'i', folder);
  const taxonomy = { displayName: 'Places', namespace: 'enterprise' };
  await call('POST', '/metadata_taxonomies', { json: taxonomy });
}

async function activity(box: BoxCalls, address: string): Promise<void> {
  const { call, get, emulator } = box;
  const folder = await box.folder('watched');
  const target = { id: folder, type: 'folder' };
  const webhook = { target, address, triggers: ['FILE.UPLOADED', 'FILE.TRASHED'] };
  await call('POST', '/webhooks', { json: webhook });
  const file = await box.file('w.txt', 'w', folder);
  const item = { type: 'file', id: file.id };
  await call('POST', '/comments', { json: { item, message: 'Hm' } });
  const task = await call('POST', '/tasks', { json: { item, action: 'review' } });
  const assignment = { task: { id: task.json.id, type: 'task' }, assign_to: {} };
  assignment.assign_to = { id: emulator.adminUserId };
  await call('POST', '/task_assignments', { json: assignment });
  const invited = { accessible_by: { type: 'user', login: 'x@y.example' }, item: target };
  await call('POST', '/collaborations', { json: { ...invited, role: 'viewer' } });
  await call('DELETE', `/files/${file.id}`);
  await call('OPTIONS', '/events');
  const { json } = await get('/events?stream_position=0&limit=20');
  await get(`/events?stream_position=${json.next_stream_position}&limit=500`);
  await get('/events?stream_type=admin_logs&limit=500');
  await get('/files/1');
}

async function faults(box: BoxCalls): Promise<void> {
  const action = { status: 503, retryAfter: 1 };
  const match = { path: '/users/me' };
  box.emulator.faults.add({ match, action: { ...action, status: 429 }, probability: 0.5 });
  for (let call = 0; call < 12; call++) await box.get('/users/me');
}
