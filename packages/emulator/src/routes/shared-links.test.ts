import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

async function share(box: BoxCalls, path: string, sharedLink: unknown) {
  const answer = await box.call('PUT', `${path}?fields=shared_link`, {
    json: { shared_link: sharedLink },
  });
  return { ...answer, link: answer.json.shared_link };
}

const someoneElse = (box: BoxCalls) =>
  box.emulator.issueToken({ userId: box.emulator.serviceAccountUserId });

test('files and folders name the kinds of links that they may have', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a.pdf', 'x');
  const fields = 'allowed_shared_link_access_levels,shared_link_features';
  for (const path of [`/files/${file.id}`, `/folders/${await box.folder('f')}`]) {
    const { json } = await box.get(`${path}?fields=${fields}`);
    assert.deepEqual(json.allowed_shared_link_access_levels, ['collaborators', 'open', 'company']);
    assert.equal(json.shared_link_features.password, true);
  }
});

test('a link has all its members, keeps its URL when it changes, and gets another when made anew', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a.pdf', 'x');
  const { status, link } = await share(box, `/files/${file.id}`, {});
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(link), [
    'url',
    'download_url',
    'vanity_url',
    'vanity_name',
    'effective_access',
    'effective_permission',
    'is_password_enabled',
    'unshared_at',
    'download_count',
    'preview_count',
    'access',
    'permissions',
  ]);
  assert.match(link.url, /^https:\/\/app\.box\.com\/s\/[a-z0-9]{32}$/);
  assert.deepEqual([link.access, link.effective_permission], ['open', 'can_download']);
  const changed = await share(box, `/files/${file.id}`, { access: 'company' });
  assert.deepEqual([changed.link.url, changed.link.access], [link.url, 'company']);
  assert.equal((await share(box, `/files/${file.id}`, null)).link, null);
  assert.notEqual((await share(box, `/files/${file.id}`, {})).link.url, link.url);
});

test('a link whose downloads are taken away loses its edits with them', async (t) => {
  const box = await boxCalls(t);
  const path = `/files/${(await box.file('a.pdf', 'x')).id}`;
  const may = async (permissions: object) => {
    const { status, link } = await share(box, path, { permissions });
    return status === 200 ? link.permissions : status;
  };
  const all = { can_preview: true, can_download: true, can_edit: true };
  assert.deepEqual(await may({ can_edit: true }), all);
  assert.equal(await may({ can_download: false, can_edit: true }), 400);
  const less = { can_preview: true, can_download: false, can_edit: false };
  assert.deepEqual(await may({ can_download: false }), less);
  assert.deepEqual(await may({ can_download: true }), { ...less, can_download: true });
});

test('the public direct link gives the contents to anyone, and counts', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a.txt', 'hello');
  const { link } = await share(box, `/files/${file.id}`, { access: 'open' });
  const direct = await box.call('GET', link.download_url, { token: 'none' });
  assert.equal(direct.bytes.toString(), 'hello');
  const { json } = await box.get(`/files/${file.id}?fields=shared_link`);
  assert.equal(json.shared_link.download_count, 1);
  await share(box, `/files/${file.id}`, { access: 'company' });
  assert.equal((await box.call('GET', link.download_url)).status, 404);
});

test('BoxApi finds the item, raw or percent-encoded, and opens what lies below it to others', async (t) => {
  const box = await boxCalls(t);
  const top = await box.folder('top');
  const folder = await box.folder('shared', top);
  const inner = await box.folder('inner', folder);
  const file = await box.file('a.txt', 'hello', inner);
  const outside = await box.file('secret', 'x', top);
  const { link } = await share(box, `/folders/${folder}`, {});
  const token = someoneElse(box);
  for (const value of [link.url, encodeURIComponent(link.url)]) {
    const headers = { boxapi: `shared_link=${value}` };
    const found = await box.get('/shared_items', { token, headers });
    assert.deepEqual([found.status, found.json.id, found.json.parent], [200, folder, null]);
    assert.deepEqual(found.json.path_collection, { total_count: 0, entries: [] });
    const items = await box.get(`/folders/${folder}/items`, { token, headers });
    assert.equal(items.json.entries[0].id, inner);
    const below = (await box.get(`/files/${file.id}`, { token, headers })).json;
    assert.deepEqual(
      below.path_collection.entries.map((entry: { name: string }) => entry.name),
      ['shared', 'inner'],
    );
    const content = await box.get(`/files/${file.id}/content`, { token, headers });
    assert.equal(content.status, 302);
    assert.equal((await box.get(`/files/${outside.id}`, { token, headers })).status, 404);
    const change = { token, headers, json: { name: 'mine' } };
    assert.equal((await box.call('PUT', `/files/${file.id}`, change)).status, 403);
  }
  assert.equal((await box.get(`/files/${file.id}`, { token })).status, 404);
});

test('a password guards a link; wrong, missing and right ones', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const weak = await share(box, `/files/${file.id}`, { access: 'open', password: 'short' });
  assert.equal(weak.status, 400);
  const closed = await share(box, `/files/${file.id}`, {
    access: 'company',
    password: 'Secret&123',
  });
  assert.deepEqual([closed.status, closed.json.code], [400, 'bad_request']);
  const { link } = await share(box, `/files/${file.id}`, {
    access: 'open',
    password: 'Secret&123',
  });
  assert.equal(link.is_password_enabled, true);
  const ask = (suffix: string) =>
    box.get('/shared_items', { headers: { boxapi: `shared_link=${link.url}${suffix}` } });
  assert.equal((await ask('')).json.code, 'incorrect_shared_item_password');
  assert.equal((await ask('&shared_link_password=Wrong&123')).status, 403);
  assert.equal((await ask('&shared_link_password=Secret&123')).json.id, file.id);
  assert.equal((await ask('&shared_link_password=Secret%26123')).json.id, file.id);
  // Sent raw, it is not decoded; sent in UTF-8, it is that.
  await share(box, `/files/${file.id}`, { password: '100%25 naïve' });
  const utf8 = Buffer.from('100%25 naïve').toString('latin1');
  assert.equal((await ask(`&shared_link_password=${utf8}`)).status, 200);
  assert.equal((await ask('&shared_link_password=100%2525%20na%C3%AFve')).status, 200);
  await share(box, `/files/${file.id}`, { password: null });
  assert.equal((await ask('')).status, 200);
});

test('a link that expired, of a deleted item, for collaborators only, or unknown is 404', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const past = await share(box, `/files/${file.id}`, { unshared_at: '2001-01-01T00:00:00Z' });
  assert.equal(past.status, 400);
  const soon = new Date(box.emulator.clock.now() + 600_000).toISOString();
  const { link } = await share(box, `/files/${file.id}`, { unshared_at: soon });
  const token = someoneElse(box);
  const ask = (url = link.url) =>
    box.get('/shared_items', { token, headers: { boxapi: `shared_link=${url}` } });
  assert.equal((await ask()).status, 200);
  await share(box, `/files/${file.id}`, { access: 'collaborators', unshared_at: null });
  assert.equal((await ask()).status, 404);
  await share(box, `/files/${file.id}`, { access: 'company', unshared_at: soon });
  assert.equal((await ask()).status, 200);
  box.emulator.clock.advance(600_000);
  assert.equal((await ask()).status, 404);
  await share(box, `/files/${file.id}`, { unshared_at: null });
  assert.equal((await ask()).status, 200);
  assert.equal((await ask('https://app.box.com/s/unknown')).status, 404);
  await box.call('DELETE', `/files/${file.id}`);
  assert.equal((await ask()).status, 404);
  assert.equal((await box.get('/shared_items')).status, 404);
});
