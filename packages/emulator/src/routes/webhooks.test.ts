import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';
import { type Received, startReceiver } from '../testing/receiver.ts';
import { signatureOf } from '../webhooks/sign.ts';

interface Wish {
  target: { type: string; id: string };
  address: string;
  triggers: string[];
}

const hook = (box: BoxCalls, wish: Wish) => box.call('POST', '/webhooks', { json: wish });
const bodyOf = ({ body }: Received) => JSON.parse(body.toString());
const triggersOf = (received: readonly Received[]) =>
  received.map((one) => bodyOf(one).trigger).sort();

test('webhooks are made, listed, changed and deleted, each by its app and user', async (t) => {
  const box = await boxCalls(t);
  const [one, two] = [await box.folder('one'), await box.folder('two')];
  const address = 'https://hooks.example/box';
  const target = { type: 'folder', id: one };
  const made = await hook(box, { target, address, triggers: ['FILE.UPLOADED', 'FILE.UPLOADED'] });
  assert.equal(made.status, 201);
  const { id, created_at, created_by, ...rest } = made.json;
  assert.deepEqual(rest, {
    type: 'webhook',
    target: { id: one, type: 'folder' },
    address,
    triggers: ['FILE.UPLOADED'],
  });
  assert.equal(created_by.id, box.emulator.adminUserId);
  assert.ok(created_at);
  await hook(box, { target: { type: 'folder', id: two }, address, triggers: ['FOLDER.CREATED'] });

  const first = (await box.get('/webhooks?limit=1')).json;
  assert.deepEqual(first.entries, [{ id, type: 'webhook', target: { id: one, type: 'folder' } }]);
  const marker = encodeURIComponent(first.next_marker);
  const second = (await box.get(`/webhooks?limit=1&marker=${marker}`)).json;
  assert.deepEqual([second.entries[0].target.id, second.next_marker], [two, undefined]);

  const changed = await box.call('PUT', `/webhooks/${id}`, { json: { triggers: ['FILE.MOVED'] } });
  assert.deepEqual(changed.json, { ...made.json, triggers: ['FILE.MOVED'] });
  assert.deepEqual((await box.get(`/webhooks/${id}`)).json, changed.json);
  const onto = await box.call('PUT', `/webhooks/${id}`, {
    json: { target: { type: 'folder', id: two } },
  });
  assert.equal(onto.status, 409);

  const { emulator } = box;
  const token = emulator.issueToken({ userId: emulator.externalUserId });
  assert.equal((await box.get(`/webhooks/${id}`, { token })).status, 404);
  assert.deepEqual((await box.get('/webhooks', { token })).json.entries, []);

  assert.equal((await box.call('DELETE', `/webhooks/${id}`)).status, 204);
  assert.equal((await box.get(`/webhooks/${id}`)).status, 404);
  assert.equal((await box.call('DELETE', `/webhooks/${id}`)).status, 404);
});

test('what is no webhook is refused', async (t) => {
  const box = await boxCalls(t);
  const folder = { type: 'folder', id: await box.folder('f') };
  const file = { type: 'file', id: (await box.file('a', 'a')).id as string };
  const right: Wish = { target: file, address: 'https://hooks.example', triggers: ['FILE.MOVED'] };
  const refused = async (wish: object, status = 400) =>
    assert.equal((await hook(box, { ...right, ...wish })).status, status, JSON.stringify(wish));
  await refused({ triggers: [] });
  await refused({ triggers: ['FILE.EATEN'] });
  await refused({ triggers: ['FOLDER.CREATED'] });
  await refused({ triggers: undefined });
  await refused({ address: 'http://hooks.example' });
  await refused({ address: 'https://hooks.example:8443' });
  await refused({ address: 'https://api.box.com/hook' });
  await refused({ address: 'hooks.example' });
  await refused({ target: { type: 'web_link', id: '1' } });
  await refused({ target: { type: 'folder', id: '0' } }, 403);
  await refused({ target: { type: 'file', id: folder.id } }, 404);
  await refused({}, 201);
  await refused({}, 409);
});

test('a webhook needs a token that may manage webhooks', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: emulator.token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    scope: 'root_readwrite',
  });
  const exchanged = await box.call('POST', `${emulator.url}/oauth2/token`, { body: `${form}` });
  const { status, bytes } = await box.get('/webhooks', { token: exchanged.json.access_token });
  assert.deepEqual([status, bytes.length], [403, 0]);
});

test('a folder’s webhook is told of all below it: signed, in bytes as PHP writes them', async (t) => {
  const box = await boxCalls(t);
  const receiver = await startReceiver(t);
  box.emulator.setWebhookKeys({ primary: 'one', secondary: 'two' });
  const folder = await box.folder('f');
  const inner = await box.folder('inner', folder);
  const wish = {
    target: { type: 'folder', id: folder },
    address: receiver.url,
    triggers: ['FILE.UPLOADED'],
  };
  const { json: webhook } = await hook(box, wish);
  await box.file('outside', 'x');
  const file = await box.file('für/x'.replace('/', ' '), 'x', inner);
  const [delivery] = await receiver.arrived(1);
  assert.ok(delivery);
  const { headers, rawHeaders, body } = delivery;
  assert.match(body.toString(), /"name":"f\\u00fcr x"/);
  const message = bodyOf(delivery);
  assert.deepEqual(
    [message.type, message.trigger, message.webhook, message.source.id, message.additional_info],
    ['webhook_event', 'FILE.UPLOADED', { id: webhook.id, type: 'webhook' }, file.id, []],
  );
  assert.equal(message.created_by.id, box.emulator.adminUserId);
  const timestamp = String(headers['box-delivery-timestamp']);
  assert.equal(headers['box-signature-primary'], signatureOf(body, timestamp, 'one'));
  assert.equal(headers['box-signature-secondary'], signatureOf(body, timestamp, 'two'));
  assert.equal(headers['box-signature-version'], '1');
  assert.equal(headers['box-signature-algorithm'], 'HmacSHA256');
  assert.equal(headers['user-agent'], 'Box-WH-Client/0.1');
  assert.ok(rawHeaders.includes('BOX-DELIVERY-ID'));
  assert.equal(receiver.received.length, 1);
});

test('each change has its trigger; a file that is moved in is new there', async (t) => {
  const box = await boxCalls(t);
  const receiver = await startReceiver(t);
  const [here, there] = [await box.folder('here'), await box.folder('there')];
  const file = await box.file('a', 'a', here);
  const triggers = ['MOVED', 'RENAMED', 'TRASHED', 'RESTORED', 'DELETED', 'DOWNLOADED', 'UPLOADED'];
  for (const id of [here, there]) {
    await hook(box, {
      target: { type: 'folder', id },
      address: receiver.url,
      triggers: [...triggers.map((name) => `FILE.${name}`), 'SHARED_LINK.CREATED'],
    });
  }
  const told = async (names: string[], change: Promise<unknown>) => {
    const before = receiver.received.length;
    await change;
    const all = await receiver.arrived(before + names.length);
    assert.deepEqual(triggersOf(all.slice(before)), names);
  };
  const path = `/files/${file.id}`;
  await told(['FILE.RENAMED'], box.call('PUT', path, { json: { name: 'b' } }));
  await told(
    ['FILE.MOVED', 'FILE.MOVED', 'FILE.UPLOADED'],
    box.call('PUT', path, { json: { parent: { id: there } } }),
  );
  await told(['SHARED_LINK.CREATED'], box.call('PUT', path, { json: { shared_link: {} } }));
  await told(['FILE.DOWNLOADED'], box.contents(file.id));
  await told(['FILE.TRASHED'], box.call('DELETE', path));
  await told(['FILE.RESTORED'], box.call('POST', path));
  await told(['FILE.TRASHED'], box.call('DELETE', path));
  await told(['FILE.DELETED'], box.call('DELETE', `${path}/trash`));
});

test('a webhook ends with its target, and says so', async (t) => {
  const box = await boxCalls(t);
  const receiver = await startReceiver(t);
  const { id } = await box.file('a', 'a');
  const wish = { target: { type: 'file', id }, address: receiver.url, triggers: ['FILE.DELETED'] };
  const { json } = await hook(box, wish);
  await box.call('DELETE', `/files/${id}`);
  await box.call('DELETE', `/files/${id}/trash`);
  const received = await receiver.arrived(2);
  assert.deepEqual(triggersOf(received), ['FILE.DELETED', 'WEBHOOK.DELETED']);
  const ended = received.map(bodyOf).find(({ trigger }) => trigger === 'WEBHOOK.DELETED');
  assert.deepEqual(ended.additional_info, { reason: 'auto_cleanup' });
  assert.equal((await box.get(`/webhooks/${json.id}`)).status, 404);
});

test('nobody is told of a change that asks for quiet, and nothing is signed without keys', async (t) => {
  const box = await boxCalls(t);
  const receiver = await startReceiver(t);
  const folder = await box.folder('f');
  const triggers = ['FOLDER.CREATED'];
  await hook(box, { target: { type: 'folder', id: folder }, address: receiver.url, triggers });
  const make = (name: string, headers = {}) =>
    box.call('POST', '/folders', { json: { name, parent: { id: folder } }, headers });
  await make('quiet', { 'box-notifications': 'off' });
  await make('loud');
  const [first] = await receiver.arrived(1);
  assert.ok(first);
  assert.equal(bodyOf(first).source.name, 'loud');
  assert.equal(Object.keys(first.headers).filter((name) => /signature/.test(name)).length, 0);
  const { json } = await box.get('/events?stream_type=changes');
  assert.equal(json.chunk_size, 3);
});

test('what did not arrive is tried again, under a new delivery id, as long as two hours', async (t) => {
  const box = await boxCalls(t);
  const receiver = await startReceiver(t);
  const { id } = await box.file('a', 'a');
  const wish = { target: { type: 'file', id }, address: receiver.url, triggers: ['FILE.RENAMED'] };
  await hook(box, wish);
  receiver.answerWith(500);
  await box.call('PUT', `/files/${id}`, { json: { name: 'b' } });
  await receiver.arrived(1);
  for (let tries = 2; tries <= 13; tries++)
    await passTime(box, () => receiver.received.length >= tries);
  const received = await receiver.arrived(13);
  const ids = new Set(received.map(({ headers }) => headers['box-delivery-id']));
  assert.equal(ids.size, 13);
  assert.equal(new Set(received.map(({ body }) => body.toString())).size, 1);
  receiver.answerWith(200);
  await passTime(box, () => true);
  await box.call('PUT', `/files/${id}`, { json: { name: 'c' } });
  const last = (await receiver.arrived(14)).at(-1);
  assert.equal(last && bodyOf(last).source.name, 'c');
});

test('deliveries outlive a restart', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'box-webhooks-'));
  t.after(() => rm(dataDir, { recursive: true }));
  const receiver = await startReceiver(t);
  receiver.answerWith(503);
  const box = await boxCalls(t, { dataDir });
  const { id } = await box.file('a', 'a');
  const wish = { target: { type: 'file', id }, address: receiver.url, triggers: ['FILE.RENAMED'] };
  await hook(box, wish);
  await box.call('PUT', `/files/${id}`, { json: { name: 'b' } });
  await receiver.arrived(1);
  await box.emulator.close();
  receiver.answerWith(200);
  const again = await boxCalls(t, { dataDir });
  again.emulator.clock.advance(10_000);
  const received = await receiver.arrived(2);
  assert.equal(received[0]?.body.toString(), received[1]?.body.toString());
});

/** Moves the clock on, by no more than an hour for each call, until something is so. */
async function passTime(box: BoxCalls, isSo: () => boolean): Promise<void> {
  do {
    box.emulator.clock.advance(3600_000);
    await box.get('/users/me');
  } while (!isSo());
}
