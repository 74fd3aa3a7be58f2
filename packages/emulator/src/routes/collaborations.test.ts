import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';
import { colleague, share } from '../testing/people.ts';

/** A shared folder with a file in it, and someone to share it with. */
async function sharedFolder(t: Parameters<typeof boxCalls>[0]) {
  const box = await boxCalls(t);
  const outer = await box.folder('outer');
  const folder = await box.folder('shared', outer);
  const file = await box.file('a.txt', 'hello', folder);
  const bo = await colleague(box, 'Bo');
  return { ...box, outer, shared: folder, text: file, bo, as: { token: bo.token } };
}

const deeds = {
  see: ['GET', '/folders/:folder/items', undefined],
  download: ['GET', '/files/:file/content', undefined],
  upload: ['POST', '/folders', { name: 'new', parent: { id: ':folder' } }],
  version: ['PUT', '/files/:file', { lock: { access: 'lock' } }],
  share: ['PUT', '/files/:file', { shared_link: {} }],
  rename: ['PUT', '/files/:file', { description: 'new' }],
  delete: ['DELETE', '/files/:file', undefined],
  invite: ['POST', '/collaborations', 'invitation'],
  settings: ['PUT', '/folders/:folder', { can_non_owners_invite: true }],
} as const;

const mayDo: Record<string, readonly (keyof typeof deeds)[]> = {
  'co-owner': Object.keys(deeds) as (keyof typeof deeds)[],
  editor: ['see', 'download', 'upload', 'version', 'share', 'rename', 'delete', 'invite'],
  'viewer uploader': ['see', 'download', 'upload', 'version', 'share'],
  'previewer uploader': ['see', 'upload'],
  viewer: ['see', 'download', 'share'],
  previewer: ['see'],
  uploader: ['see', 'upload'],
};

for (const [role, allowed] of Object.entries(mayDo)) {
  test(`a collaborator with the role ${role} may do what it says, and no more`, async (t) => {
    const box = await sharedFolder(t);
    const { call, shared: folder, text: file, bo, as } = box;
    const cy = await colleague(box, 'Cy');
    await share(box, { type: 'folder', id: folder }, { type: 'user', id: bo.id }, role);
    const invitation = {
      item: { type: 'folder', id: folder },
      accessible_by: { type: 'user', id: cy.id },
      role: 'viewer',
    };
    const fill = (text: string) => text.replace(':folder', folder).replace(':file', file.id);
    const done: string[] = [];
    // Deleting goes last: it ends what the others need.
    const names = Object.keys(deeds) as (keyof typeof deeds)[];
    for (const deed of names.toSorted((a) => (a === 'delete' ? 1 : 0))) {
      const [method, path, body] = deeds[deed];
      const json = body === 'invitation' ? invitation : body;
      const text = json === undefined ? undefined : JSON.parse(fill(JSON.stringify(json)));
      const answer = await call(method, fill(path), { ...as, json: text });
      if (answer.status < 400) done.push(deed);
      else assert.deepEqual([answer.status, deed], [403, deed], JSON.stringify(answer.json));
    }
    assert.deepEqual(done.toSorted(), [...allowed].toSorted());
  });
}

test('an outsider finds nothing; a viewer reads and cannot upload', async (t) => {
  const box = await sharedFolder(t);
  const { call, get, upload, shared: folder, outer, text: file, bo, as } = box;
  assert.equal((await get(`/folders/${folder}`, as)).status, 404);
  assert.equal((await get(`/files/${file.id}`, as)).status, 404);
  const { id } = await share(
    box,
    { type: 'folder', id: folder },
    { type: 'user', login: bo.login },
    'viewer',
  );
  assert.equal((await get(`/files/${file.id}`, as)).status, 200);
  assert.equal((await get(`/folders/${outer}`, as)).status, 404);
  const attributes = { name: 'b.txt', parent: { id: folder } };
  const refused = await upload('/files/content', attributes, 'x', as);
  assert.deepEqual(
    [refused.status, refused.json.code],
    [403, 'access_denied_insufficient_permissions'],
  );
  assert.equal((await upload(`/files/${file.id}/content`, {}, 'x', as)).status, 403);
  const preflight = await call('OPTIONS', '/files/content', { ...as, json: attributes });
  assert.equal(preflight.status, 403);
  assert.equal(
    (await call('PUT', `/collaborations/${id}`, { json: { role: 'editor' } })).status,
    200,
  );
  assert.equal((await upload('/files/content', attributes, 'x', as)).status, 201);
  assert.equal(
    (await call('DELETE', `/collaborations/${id}`, as)).status,
    204,
    'leaves by oneself',
  );
  assert.equal((await get(`/files/${file.id}`, as)).status, 404);
});

test('a collaborator finds the shared folder in the own root, and paths begin with it', async (t) => {
  const box = await sharedFolder(t);
  const { get, shared: folder, text: file, bo, as, call } = box;
  const own = await call('POST', '/folders', { ...as, json: { name: 'zoo', parent: { id: '0' } } });
  await share(box, { type: 'folder', id: folder }, { type: 'user', id: bo.id }, 'editor');
  const fields = 'name,path_collection,parent,permissions,is_externally_owned,owned_by';
  const list = await get(`/folders/0/items?fields=${fields}`, as);
  assert.equal(list.json.total_count, 2);
  assert.deepEqual(
    list.json.entries.map((entry: { id: string }) => entry.id),
    [folder, own.json.id],
  );
  const [top] = list.json.entries;
  assert.equal(top.parent.id, '0');
  assert.equal(top.path_collection.total_count, 1);
  assert.equal(top.permissions.can_upload, true);
  assert.equal(top.permissions.can_apply_watermark, false);
  assert.equal(top.owned_by.id, box.emulator.adminUserId);
  const inside = await get(`/files/${file.id}`, as);
  assert.deepEqual(
    inside.json.path_collection.entries.map((entry: { id: string }) => entry.id),
    ['0', folder],
  );
  // By marker, one at a time: the own and the shared in one order.
  const first = await get('/folders/0/items?usemarker=true&limit=1', as);
  assert.equal(first.json.entries[0].id, folder);
  const marker = encodeURIComponent(first.json.next_marker);
  const second = await get(`/folders/0/items?usemarker=true&limit=1&marker=${marker}`, as);
  assert.equal(second.json.entries[0].id, own.json.id);
  assert.equal(second.json.next_marker, null);
});

test('what is given for access only is not in the root; can_view_path shows the whole path', async (t) => {
  const box = await sharedFolder(t);
  const { get, shared: folder, text: file, outer, bo, as, call } = box;
  const item = { type: 'folder' as const, id: folder };
  const to = { type: 'user' as const, id: bo.id };
  const hidden = await share(box, item, to, 'viewer', { is_access_only: true });
  assert.equal(hidden.is_access_only, true);
  assert.equal((await get('/folders/0/items', as)).json.total_count, 0);
  const alone = await get(`/folders/${folder}`, as);
  assert.equal(alone.json.parent, null);
  await call('DELETE', `/collaborations/${hidden.id}`);
  const open = await share(box, item, to, 'viewer', { can_view_path: true });
  const path = async () =>
    (await get(`/files/${file.id}`, as)).json.path_collection.entries.map(
      (entry: { id: string }) => entry.id,
    );
  assert.deepEqual(await path(), ['0', outer, folder]);
  const refused = await call('PUT', `/collaborations/${open.id}`, {
    ...as,
    json: { can_view_path: false },
  });
  assert.equal(refused.status, 403);
  await call('PUT', `/collaborations/${open.id}`, { json: { can_view_path: false } });
  assert.deepEqual(await path(), ['0', folder]);
});

test('a shared file stands in the root by itself, is renamed and gets versions there', async (t) => {
  const box = await sharedFolder(t);
  const { get, upload, text: file, bo, as, call } = box;
  await share(box, { type: 'file', id: file.id }, { type: 'user', id: bo.id }, 'editor');
  const list = await get('/folders/0/items', as);
  assert.deepEqual(
    list.json.entries.map((entry: { id: string }) => entry.id),
    [file.id],
  );
  assert.equal((await upload(`/files/${file.id}/content`, {}, 'two', as)).status, 201);
  const renamed = await call('PUT', `/files/${file.id}`, { ...as, json: { name: 'b.txt' } });
  assert.equal(renamed.json.name, 'b.txt');
  assert.equal(renamed.json.modified_by.id, bo.id);
  const bad = await call('POST', '/collaborations', {
    json: {
      item: { type: 'file', id: file.id },
      accessible_by: { type: 'user', login: 'x@y.z' },
      role: 'uploader',
    },
  });
  assert.deepEqual([bad.status, bad.json.code], [400, 'bad_request']);
});

test('moving a tree into another’s folder makes it theirs, with its space', async (t) => {
  const box = await sharedFolder(t);
  const { get, shared: folder, bo, as, call, upload } = box;
  await share(box, { type: 'folder', id: folder }, { type: 'user', id: bo.id }, 'editor');
  const mine = await call('POST', '/folders', {
    ...as,
    json: { name: 'mine', parent: { id: '0' } },
  });
  const inMine = { name: 'b.txt', parent: { id: mine.json.id } };
  const made = await upload('/files/content', inMine, '1234567', as);
  const moved = await call('PUT', `/folders/${mine.json.id}`, {
    ...as,
    json: { parent: { id: folder } },
  });
  assert.equal(moved.json.owned_by.id, box.emulator.adminUserId);
  assert.equal((await get(`/files/${made.json.entries[0].id}`)).status, 200);
  assert.equal((await get('/users/me', as)).json.space_used, 0);
  assert.equal((await get('/users/me')).json.space_used, 12);
  assert.equal((await get(`/folders/${folder}`)).json.size, 12);
});

test('an invitation by mail waits for an account, one to elsewhere for its answer', async (t) => {
  const box = await boxCalls(t, {
    app: {
      clientID: 'c',
      clientSecret: 's',
      enterpriseID: '12345',
      enterpriseName: 'Acme',
      externalUser: { id: '2001', name: 'Ed', login: 'ed@elsewhere.test' },
    },
  });
  const { call, get, emulator } = box;
  const folder = await box.folder('shared');
  const item = { type: 'folder' as const, id: folder };
  const waiting = await share(box, item, { type: 'user', login: 'dee@example.test' }, 'viewer');
  assert.equal(waiting.status, 'pending');
  assert.deepEqual([waiting.accessible_by, waiting.acknowledged_at], [null, null]);
  assert.equal(waiting.invite_email, 'dee@example.test');
  const dee = await colleague(box, 'Dee');
  assert.equal((await get(`/folders/${folder}`, dee)).status, 200);
  assert.equal((await get(`/collaborations/${waiting.id}`)).json.status, 'accepted');

  const ed = { token: emulator.issueToken({ userId: '2001' }) };
  const asked = await share(box, item, { type: 'user', id: '2001' }, 'viewer');
  assert.equal(asked.status, 'pending');
  assert.equal((await get(`/folders/${folder}`, ed)).status, 404);
  const pending = await get('/collaborations?status=pending', ed);
  assert.equal(pending.json.total_count, 1);
  assert.equal(pending.json.entries[0].item, null);
  assert.equal((await get('/collaborations?status=pending')).json.total_count, 0);
  const [fault] = (await get('/collaborations')).json.context_info.errors;
  assert.deepEqual([fault.reason, fault.name], ['missing_parameter', 'status']);
  assert.equal((await get('/collaborations')).status, 400);
  const path = `/collaborations/${asked.id}`;
  const others = await call('PUT', path, { json: { status: 'accepted' } });
  assert.equal(others.status, 403);
  const accepted = await call('PUT', path, { ...ed, json: { status: 'accepted' } });
  assert.deepEqual([accepted.json.status, accepted.json.item.id], ['accepted', folder]);
  const again = await call('PUT', path, { ...ed, json: { status: 'rejected' } });
  assert.deepEqual([again.status, again.json.code], [400, 'invalid_status']);
  assert.equal((await get(`/folders/${folder}`, ed)).status, 200);
  const list = await get(`/folders/${folder}/collaborations?limit=1`);
  assert.equal(list.json.entries[0].id, waiting.id);
  const marker = encodeURIComponent(list.json.next_marker);
  const rest = await get(`/folders/${folder}/collaborations?limit=1&marker=${marker}`);
  assert.equal(rest.json.entries[0].id, asked.id);
  assert.equal(rest.json.next_marker, null);
});

test('a collaborator becomes the owner; who was it stays as co-owner', async (t) => {
  const box = await sharedFolder(t);
  const { call, get, shared: folder, text: file, bo, as } = box;
  const item = { type: 'folder' as const, id: folder };
  const { id } = await share(box, item, { type: 'user', id: bo.id }, 'editor');
  const own = { json: { role: 'owner' } };
  assert.equal((await call('PUT', `/collaborations/${id}`, { ...as, ...own })).status, 403);
  assert.equal((await call('PUT', `/collaborations/${id}`, own)).status, 204);
  const seen = await get(`/folders/${folder}`, as);
  assert.deepEqual([seen.json.owned_by.id, seen.json.parent.id], [bo.id, '0']);
  assert.equal((await get(`/files/${file.id}`)).json.owned_by.id, bo.id);
  const list = await get(`/folders/${folder}/collaborations`, as);
  assert.deepEqual(
    list.json.entries.map((one: { role: string; accessible_by: { id: string } }) => [
      one.role,
      one.accessible_by.id,
    ]),
    [['co-owner', box.emulator.adminUserId]],
  );
  assert.equal((await get('/users/me', as)).json.space_used, 5);
  assert.equal((await get('/users/me')).json.space_used, 0);
});

test('refuses what cannot be shared so, in Box’s words', async (t) => {
  const box = await sharedFolder(t);
  const { call, get, shared: folder, bo } = box;
  const item = { type: 'folder', id: folder };
  const to = { type: 'user', id: bo.id };
  await share(box, { type: 'folder', id: folder }, { type: 'user', id: bo.id }, 'viewer');
  const cases: [Record<string, unknown>, number, string][] = [
    [{ item, accessible_by: to, role: 'viewer' }, 400, 'user_already_collaborator'],
    [
      { item, accessible_by: { type: 'user', id: box.emulator.adminUserId }, role: 'viewer' },
      400,
      'user_already_collaborator',
    ],
    [
      { item: { type: 'folder', id: '0' }, accessible_by: to, role: 'viewer' },
      400,
      'collaborations_not_available_on_root_folder',
    ],
    [
      { item: { type: 'web_link', id: '1' }, accessible_by: to, role: 'viewer' },
      400,
      'invalid_collaboration_item',
    ],
    [{ item: { type: 'folder', id: '99' }, accessible_by: to, role: 'viewer' }, 404, 'not_found'],
    [{ item, accessible_by: { type: 'user', id: '99' }, role: 'viewer' }, 404, 'not_found'],
    [{ item, accessible_by: to, role: 'owner' }, 400, 'bad_request'],
    [{ item, accessible_by: to }, 400, 'bad_request'],
    [{}, 400, 'bad_request'],
  ];
  for (const [json, status, code] of cases) {
    const answer = await call('POST', '/collaborations', { json });
    assert.deepEqual([answer.status, answer.json.code], [status, code], JSON.stringify(json));
  }
  assert.equal((await get('/collaborations/99')).json.context_info.errors[0].name, 'collab');
  await call('PUT', `/folders/${folder}`, {
    json: { is_collaboration_restricted_to_enterprise: true },
  });
  const outside = { type: 'user', login: 'someone@elsewhere.test' };
  const answer = await call('POST', '/collaborations', {
    json: { item, accessible_by: outside, role: 'viewer' },
  });
  assert.equal(answer.json.code, 'external_collaboration_restricted');
});

test('an editor invites no more when the owner has kept that; collaborators stay unseen', async (t) => {
  const box = await sharedFolder(t);
  const { call, get, shared: folder, bo, as } = box;
  const item = { type: 'folder' as const, id: folder };
  await share(box, item, { type: 'user', id: bo.id }, 'editor');
  await share(box, item, { type: 'user', login: 'x@y.example' }, 'viewer');
  const first = (await get(`/folders/${folder}/collaborations?limit=1`)).json;
  assert.deepEqual([first.total_count, first.entries.length], [2, 1]);
  const closed = { can_non_owners_invite: false, can_non_owners_view_collaborators: false };
  await call('PUT', `/folders/${folder}`, { json: closed });
  const body = { item, accessible_by: { type: 'user', login: 'x@y.z' }, role: 'viewer' };
  assert.equal((await call('POST', '/collaborations', { ...as, json: body })).status, 403);
  assert.equal((await get(`/folders/${folder}/collaborations`, as)).status, 403);
  const { json } = await get(`/folders/${folder}?fields=permissions,has_collaborations`, as);
  assert.deepEqual(
    [json.permissions.can_invite_collaborator, json.has_collaborations],
    [false, true],
  );
});

test('access ends when a collaboration expires', async (t) => {
  const box = await sharedFolder(t);
  const { get, shared: folder, bo, as, emulator } = box;
  const expires = new Date(emulator.clock.now() + 3_600_000).toISOString();
  const item = { type: 'folder' as const, id: folder };
  await share(box, item, { type: 'user', id: bo.id }, 'viewer', { expires_at: expires });
  assert.equal((await get(`/folders/${folder}`, as)).status, 200);
  emulator.clock.advance(3_700_000);
  const fresh = { token: emulator.issueToken({ userId: bo.id }) };
  assert.equal((await get(`/folders/${folder}`, fresh)).status, 404);
});

test('what happens to a collaboration is an event for the owner and the collaborator', async (t) => {
  const box = await sharedFolder(t);
  const { call, get, shared: folder, bo, as } = box;
  const item = { type: 'folder' as const, id: folder };
  const { id } = await share(box, item, { type: 'user', id: bo.id }, 'viewer');
  await call('PUT', `/collaborations/${id}`, { json: { role: 'editor' } });
  await call('DELETE', `/collaborations/${id}`);
  const types = async (token?: string) => {
    const events = await get('/events?stream_type=changes', token === undefined ? {} : { token });
    return events.json.entries
      .filter((event: { source?: { id?: string } }) => event.source?.id === id)
      .map((event: { event_type: string }) => event.event_type);
  };
  const all = ['COLLAB_ADD_COLLABORATOR', 'COLLAB_ROLE_CHANGE', 'COLLAB_REMOVE_COLLABORATOR'];
  assert.deepEqual(await types(), all);
  assert.deepEqual(await types(as.token), all);
});
