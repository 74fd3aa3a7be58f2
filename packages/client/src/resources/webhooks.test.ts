import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { listed, openBox } from '../testing/open-box.ts';
import { verifyWebhook, type WebhookFault, webhookFault } from '../webhook-signature.ts';
import type { BoxWebhookMessage } from '../webhook-types.ts';

test('webhooks are made, read, listed, changed and deleted', async () => {
  await using box = await openBox();
  const { webhooks, folders } = box.client;
  const { id } = await folders.create({ name: 'f', parentId: '0' });
  const wish = {
    target: { type: 'folder', id },
    address: 'https://hooks.example/box',
    triggers: ['FILE.UPLOADED'],
  } as const;
  const made = await webhooks.create(wish);
  assert.deepEqual(
    [made.type, made.address, made.triggers],
    ['webhook', wish.address, wish.triggers],
  );
  assert.deepEqual(await webhooks.get(made.id), made);
  const changed = await webhooks.update(made.id, { triggers: ['FILE.MOVED'] });
  assert.deepEqual([changed.triggers, changed.address], [['FILE.MOVED'], wish.address]);
  assert.deepEqual(
    (await listed(webhooks.list())).map((webhook) => [webhook.id, webhook.target?.id]),
    [[made.id, id]],
  );
  await assert.rejects(webhooks.create(wish), { status: 409 });
  await webhooks.delete(made.id);
  await assert.rejects(webhooks.get(made.id), { code: 'not_found' });
});

test('a message that arrives is verified by either key, over the bytes that came; none comes of quiet changes', async () => {
  await using box = await openBox();
  box.emulator.setWebhookKeys({ primary: 'one', secondary: 'two' });
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { id } = await box.client.folders.create({ name: 'f', parentId: '0' });
  await box.client.webhooks.create({
    target: { type: 'folder', id },
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    triggers: ['FOLDER.CREATED'],
  });
  const arrival = once(server, 'request');
  await box.client.withoutNotifications().folders.create({ name: 'quiet', parentId: id });
  await box.client.folders.create({ name: 'ü/'.replace('/', ''), parentId: id });
  const [request, response] = await arrival;
  const { headers } = request as IncomingMessage;
  const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
  response.end();
  server.close();
  const message = JSON.parse(body.toString()) as BoxWebhookMessage;
  assert.deepEqual([message.trigger, message.source?.name], ['FOLDER.CREATED', 'ü']);

  const nowMs = box.emulator.clock.now();
  assert.ok(verifyWebhook(body, headers, { primary: 'one' }, { nowMs }));
  assert.ok(verifyWebhook(body, headers, { secondary: 'two' }, { nowMs }));
  assert.ok(verifyWebhook(body, headers, { primary: 'new', secondary: 'two' }, { nowMs }));
  const again = Buffer.from(JSON.stringify(message));
  assert.equal(webhookFault(again, headers, { primary: 'one' }, { nowMs }), 'wrong signature');
});

const body =
  '{"type":"webhook_event","webhook":{"id":"1234567890"},"trigger":"FILE.UPLOADED","source":{"id":"1234567890","type":"file","name":"Test.txt"}}';
const headers = {
  'box-delivery-timestamp': '2020-01-01T00:00:00-07:00',
  'box-signature-version': '1',
  'box-signature-algorithm': 'HmacSHA256',
  'box-signature-primary': '6TfeAW3A1PASkgboxxA5yqHNKOwFyMWuEXny/FPD5hI=',
  'box-signature-secondary': 'v+1CD1Jdo3muIcbpv5lxxgPglOqMfsNHPV899xWYydo=',
};
const keys = { primary: 'SamplePrimaryKey', secondary: 'SampleSecondaryKey' };
const sentMs = Date.parse('2020-01-01T07:00:00Z');

test('what makes a message trustworthy, with the values that Box’s own SDKs test with', () => {
  const fault = (
    change: Partial<typeof headers> = {},
    { by = keys as { primary?: string; secondary?: string }, text = body, ageMs = 0 } = {},
  ) => webhookFault(text, { ...headers, ...change }, by, { nowMs: sentMs + ageMs });
  const table: [WebhookFault | undefined, WebhookFault | undefined][] = [
    [fault(), undefined],
    [fault({}, { by: { primary: keys.primary } }), undefined],
    [fault({}, { by: { secondary: keys.secondary } }), undefined],
    [fault({ 'box-signature-primary': '' }), undefined],
    [fault({}, { by: { primary: keys.secondary, secondary: keys.primary } }), 'wrong signature'],
    [fault({}, { text: `${body} ` }), 'wrong signature'],
    [fault({ 'box-signature-primary': 'AAAA', 'box-signature-secondary': 'x' }), 'wrong signature'],
    [fault({ 'box-delivery-timestamp': '2020-01-01T00:00:01-07:00' }), 'wrong signature'],
    [fault({ 'box-delivery-timestamp': 'today' }), 'not signed'],
    [fault({ 'box-signature-version': '2' }), 'not signed'],
    [fault({ 'box-signature-algorithm': 'HmacSHA1' }), 'not signed'],
    [fault({}, { ageMs: 600_000 }), undefined],
    [fault({}, { ageMs: 600_001 }), 'too old'],
    [fault({}, { ageMs: -60_000 }), undefined],
    [fault({}, { ageMs: -60_001 }), 'from the future'],
  ];
  for (const [index, [actual, expected]] of table.entries())
    assert.equal(actual, expected, `${index}`);
  const nowMs = sentMs;
  assert.ok(verifyWebhook(Buffer.from(body), new Headers(headers), keys, { nowMs }));
  const shouted = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]),
  );
  assert.ok(verifyWebhook(body, shouted, keys, { nowMs }));
  assert.throws(() => verifyWebhook(body, headers, { primary: '' }, { nowMs }), { code: 'input' });
});
