/** Box's own SDK for Node, unmodified, on what happens: events, webhooks, Favorites, recent items. */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import type { BoxClient } from 'box-node-sdk';
import { WebhooksManager } from 'box-node-sdk/managers/webhooks';
import { startReceiver } from './testing/receiver.ts';
import { sdk } from './testing/sdk.ts';

const newFolder = (client: BoxClient, name: string, id = '0') =>
  client.folders.createFolder({ name, parent: { id } });

test('user events and admin events, with sources of every kind', async (t) => {
  const { client, emulator } = await sdk(t);
  const folder = await newFolder(client, 'f');
  await client.uploads.uploadFile({
    attributes: { name: 'a', parent: { id: folder.id } },
    file: Readable.from([Buffer.from('x')]),
  });
  await client.webLinks.createWebLink({ url: 'https://example.org', parent: { id: '0' } });
  const item = { type: 'folder', id: folder.id } as const;
  await client.userCollaborations.createCollaboration({
    item,
    accessibleBy: { type: 'user', id: emulator.serviceAccountUserId },
    role: 'editor',
  });
  const { entries, nextStreamPosition } = await client.events.getEvents();
  assert.deepEqual(
    entries?.map((event) => event.eventType),
    ['ITEM_CREATE', 'ITEM_UPLOAD', 'ITEM_CREATE', 'COLLAB_ADD_COLLABORATOR'],
  );
  const rest = await client.events.getEvents({ streamPosition: String(nextStreamPosition) });
  assert.deepEqual([rest.entries, rest.nextStreamPosition], [[], nextStreamPosition]);
  const admin = await client.events.getEvents({ streamType: 'admin_logs', eventType: ['UPLOAD'] });
  assert.equal(admin.entries?.length, 3);
});

test('the realtime server that the SDK is told of wakes its caller', async (t) => {
  const { client } = await sdk(t);
  const { nextStreamPosition } = await client.events.getEvents({ streamPosition: 'now' });
  const { entries } = await client.events.getEventsWithLongPolling();
  const [server] = entries ?? [];
  assert.deepEqual([server?.type, server?.maxRetries], ['realtime_server', '10']);
  const waiting = fetch(`${server?.url}&stream_position=${nextStreamPosition}`);
  await newFolder(client, 'a');
  assert.deepEqual(await (await waiting).json(), { version: 1, message: 'new_change' });
});

test('the SDK’s own stream of events: what happens while it waits, and nothing twice', async (t) => {
  const { client, emulator } = await sdk(t);
  const stream = client.events.getEventStream({ streamPosition: '0' });
  stream.on('error', (error) => assert.match(error.message, /aborted/));
  const names = [];
  await newFolder(client, 'a');
  for await (const event of stream) {
    names.push(event.source.name);
    if (names.length === 3) break;
    emulator.events.repeat(1);
    await newFolder(client, names.length === 1 ? 'b' : 'c');
  }
  assert.deepEqual(names, ['a', 'b', 'c']);
});

test('webhooks, and a message that the SDK takes for Box’s own', async (t) => {
  const { client, emulator } = await sdk(t);
  emulator.setWebhookKeys({ primary: 'one', secondary: 'two' });
  const receiver = await startReceiver(t);
  const folder = await newFolder(client, 'f');
  const webhook = await client.webhooks.createWebhook({
    target: { id: folder.id, type: 'folder' },
    address: receiver.url,
    triggers: ['FOLDER.CREATED'],
  });
  assert.equal((await client.webhooks.getWebhooks()).entries?.[0]?.id, webhook.id);
  const changed = await client.webhooks.updateWebhookById(webhook.id ?? '', {
    requestBody: { triggers: ['FOLDER.CREATED', 'FOLDER.RENAMED'] },
  });
  assert.equal(changed.triggers?.length, 2);
  assert.equal((await client.webhooks.getWebhookById(webhook.id ?? '')).address, receiver.url);
  await newFolder(client, 'über', folder.id);
  const [message] = await receiver.arrived(1);
  assert.ok(message);
  const headers = message.headers as Record<string, string>;
  const body = message.body.toString();
  assert.ok(await WebhooksManager.validateMessage(body, headers, 'one'));
  const options = { secondaryKey: 'two' };
  assert.ok(await WebhooksManager.validateMessage(body, headers, 'new', options));
  assert.ok(!(await WebhooksManager.validateMessage(body, headers, 'new')));
  await client.webhooks.deleteWebhookById(webhook.id ?? '');
});

test('Favorites and recent items', async (t) => {
  const { client } = await sdk(t);
  const { entries } = await client.collections.getCollections();
  const id = entries?.[0]?.id ?? '';
  assert.equal((await client.collections.getCollectionById(id)).collectionType, 'favorites');
  const uploaded = await client.uploads.uploadFile({
    attributes: { name: 'a', parent: { id: '0' } },
    file: Readable.from([Buffer.from('x')]),
  });
  const fileId = uploaded.entries?.[0]?.id ?? '';
  await client.files.updateFileById(fileId, { requestBody: { collections: [{ id }] } });
  const items = await client.collections.getCollectionItems(id);
  assert.equal(items.entries?.[0]?.id, fileId);
  const recent = await client.recentItems.getRecentItems();
  assert.equal(recent.entries?.[0]?.interactionType, 'item_upload');
});
