import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

async function boxWithItems(t: TestContext) {
  const box = await boxCalls(t);
  const reports = await box.folder('Reports');
  const plan = await box.file('Plan_2024.txt', 'a blue whale swims', reports);
  const draft = await box.file('draft plan.md', 'a whale that is blue', reports);
  const picture = await box.file('whale.png', 'blue whale', '0');
  await box.call('PUT', `/files/${picture.id}`, { json: { description: 'Ocean', tags: ['sea'] } });
  await box.call('POST', '/web_links', {
    json: { url: 'https://example.com/whales', parent: { id: '0' }, name: 'About whales' },
  });
  const found = async (parameters: Record<string, string>, options = {}) => {
    const query = new URLSearchParams({ sort: 'modified_at', direction: 'ASC', ...parameters });
    const { status, json } = await box.get(`/search?${query}`, options);
    assert.equal(status, 200, JSON.stringify(json));
    assert.equal(json.total_count, json.entries.length);
    return json.entries.map(({ name }: { name: string }) => name).join(', ');
  };
  const refused = async (parameters: Record<string, string>) => {
    const { status, json } = await box.get(`/search?${new URLSearchParams(parameters)}`);
    return `${status} ${json.code}`;
  };
  return { box, reports, plan, draft, picture, found, refused };
}

test('words are found in names, descriptions, texts, tags and comments', async (t) => {
  const { box, plan, found } = await boxWithItems(t);
  assert.equal(await found({ query: 'plan' }), 'Plan_2024.txt, draft plan.md');
  assert.equal(await found({ query: 'rep' }), 'Reports');
  assert.equal(await found({ query: 'ocean' }), 'whale.png');
  assert.equal(await found({ query: 'sea' }), 'whale.png');
  assert.equal(await found({ query: 'swims' }), 'Plan_2024.txt');
  assert.equal(await found({ query: 'swims', content_types: 'name,description' }), '');
  await box.call('POST', '/comments', {
    json: { item: { type: 'file', id: plan.id }, message: 'magnificent' },
  });
  assert.equal(await found({ query: 'magnificent', content_types: 'comments' }), 'Plan_2024.txt');
});

test('AND, OR, NOT in capitals and quotes mean what Box says', async (t) => {
  const { found } = await boxWithItems(t);
  assert.equal(await found({ query: 'swims draft' }), 'Plan_2024.txt, draft plan.md');
  assert.equal(await found({ query: 'blue AND swims' }), 'Plan_2024.txt');
  assert.equal(await found({ query: 'blue AND NOT swims' }), 'draft plan.md');
  assert.equal(await found({ query: 'plan NOT swims' }), 'draft plan.md');
  assert.equal(await found({ query: '"blue whale"' }), 'Plan_2024.txt');
  assert.equal(await found({ query: 'NOT whale' }), 'Reports');
  for (const query of ['"', 'AND', '* ^ ( : )', 'a"b', '-', "o'", 'name:x', '{}', 'a\0b']) {
    await found({ query });
  }
});

test('an index follows changes', async (t) => {
  const { box, draft, found } = await boxWithItems(t);
  assert.equal(await found({ query: 'draft' }), 'draft plan.md');
  await box.call('PUT', `/files/${draft.id}`, { json: { name: 'final.md' } });
  await box.upload(`/files/${draft.id}/content`, {}, 'a red fox');
  assert.equal(await found({ query: 'draft' }), '');
  assert.equal(await found({ query: 'fox' }), 'final.md');
  await box.call('DELETE', `/files/${draft.id}`);
  assert.equal(await found({ query: 'fox' }), '');
  assert.equal(await found({ query: 'fox', trash_content: 'trashed_only' }), 'final.md');
  assert.equal(await found({ query: 'fox', trash_content: 'all_items' }), 'final.md');
  await box.call('DELETE', `/files/${draft.id}/trash`);
  assert.equal(await found({ query: 'fox', trash_content: 'all_items' }), '');
  box.emulator.reset();
  assert.equal(await found({ query: 'whale' }), '');
});

test('filters narrow what is found', async (t) => {
  const { box, reports, found, refused } = await boxWithItems(t);
  const query = 'whale OR plan OR whales OR reports';
  assert.equal(await found({ query, type: 'folder' }), 'Reports');
  assert.equal(await found({ query, type: 'web_link' }), 'About whales');
  assert.equal(await found({ query, file_extensions: 'png,.MD' }), 'draft plan.md, whale.png');
  assert.equal(
    await found({ query, ancestor_folder_ids: reports }),
    'Plan_2024.txt, draft plan.md',
  );
  assert.equal(await found({ query, type: 'file', size_range: '19,' }), 'draft plan.md');
  assert.equal(await found({ query, type: 'file', size_range: ',10' }), 'whale.png');
  assert.equal(await found({ query, owner_user_ids: '1' }), '');
  assert.equal(
    await found({ query, type: 'folder', owner_user_ids: box.emulator.adminUserId }),
    'Reports',
  );
  assert.equal(await found({ query, created_at_range: ',2001-01-01T00:00:00Z' }), '');
  const since = '2001-01-01T00:00:00+01:00,';
  assert.equal(await found({ query, type: 'folder', updated_at_range: since }), 'Reports');
  await box.call('DELETE', `/folders/${reports}?recursive=true`);
  assert.equal(await found({ query }), 'whale.png, About whales');
  assert.equal(await found({ query, trash_content: 'trashed_only' }), 'Reports');
  assert.equal(await refused({}), '400 bad_request');
  assert.equal(await refused({ query, type: 'thing' }), '400 bad_request');
  assert.equal(await refused({ query, size_range: 'a,b' }), '400 bad_request');
  assert.equal(await refused({ query, created_at_range: 'x,' }), '400 bad_request');
  assert.equal(await refused({ query, ancestor_folder_ids: '1' }), '404 not_found');
  assert.equal(await refused({ query, offset: '10001' }), '400 invalid_offset');
  assert.equal(await refused({ query, trash_content: 'maybe' }), '400 bad_request');
});

test('results come in pages, standard or by fields, wrapped for shared links', async (t) => {
  const { box } = await boxWithItems(t);
  const { json } = await box.get('/search?query=whale&limit=1&offset=1');
  const { entries, ...rest } = json;
  assert.deepEqual(rest, { total_count: 4, limit: 1, offset: 1, type: 'search_results_items' });
  assert.ok(entries[0].path_collection);
  const best = await box.get('/search?query=blue+swims&fields=name');
  assert.deepEqual(Object.keys(best.json.entries[0]), ['type', 'id', 'etag', 'name']);
  assert.equal(best.json.entries[0].name, 'Plan_2024.txt');
  assert.equal(best.json.limit, 30);
  const wrapped = await box.get('/search?query=swims&include_recent_shared_links=True&limit=900');
  assert.equal(wrapped.json.limit, 200);
  assert.equal(wrapped.json.type, 'search_results_with_shared_links');
  assert.equal(wrapped.json.entries[0].type, 'search_result');
  assert.equal(wrapped.json.entries[0].item.name, 'Plan_2024.txt');
});

test('nobody finds what they do not see; admins may search the enterprise', async (t) => {
  const { box, reports, found } = await boxWithItems(t);
  const user = box.emulator.serviceAccountUserId;
  const token = box.emulator.issueToken({ userId: user });
  assert.equal(await found({ query: 'whale' }, { token }), '');
  const enterprise = `/search?query=whale&scope=enterprise_content`;
  assert.equal((await box.get(enterprise)).json.total_count, 4);
  assert.equal((await box.get(enterprise, { token })).status, 403);
  await box.call('POST', '/collaborations', {
    json: {
      item: { type: 'folder', id: reports },
      accessible_by: { type: 'user', id: user },
      role: 'viewer',
    },
  });
  assert.equal(await found({ query: 'whale' }, { token }), 'Plan_2024.txt, draft plan.md');
});

test('metadata filters take exact values, lists and ranges', async (t) => {
  const { box, plan, draft, found, refused } = await boxWithItems(t);
  await box.call('POST', '/metadata_templates/schema', {
    json: {
      scope: 'enterprise',
      displayName: 'Case',
      fields: [
        { type: 'string', key: 'name', displayName: 'Name' },
        { type: 'float', key: 'price', displayName: 'Price' },
        { type: 'date', key: 'since', displayName: 'Since' },
        {
          type: 'multiSelect',
          key: 'tags',
          displayName: 'Tags',
          options: [{ key: 'a' }, { key: 'b' }],
        },
      ],
    },
  });
  const give = (id: string, json: unknown) =>
    box.call('POST', `/files/${id}/metadata/enterprise/case`, { json });
  await give(plan.id, { name: 'x', price: 1, since: '2020-01-01T00:00:00Z', tags: ['a'] });
  await give(draft.id, { name: 'y', price: 2, tags: ['a', 'b'] });
  const by = (filters: unknown, more = {}) =>
    found({
      mdfilters: JSON.stringify([{ scope: 'enterprise', templateKey: 'case', filters }]),
      ...more,
    });
  assert.equal(await by({}), 'Plan_2024.txt, draft plan.md');
  assert.equal(await by({ name: 'x' }), 'Plan_2024.txt');
  assert.equal(await by({ price: { gt: 2 } }), 'draft plan.md');
  assert.equal(await by({ price: { gt: 0, lt: 1 } }), 'Plan_2024.txt');
  assert.equal(await by({ since: { lt: '2020-01-01T01:00:00+01:00' } }), 'Plan_2024.txt');
  assert.equal(await by({ tags: ['b'] }), 'draft plan.md');
  assert.equal(await by({ tags: ['a'] }, { query: 'swims' }), 'Plan_2024.txt');
  const template = { scope: 'enterprise', templateKey: 'case' };
  assert.equal(await refused({ mdfilters: '[' }), '400 bad_request');
  assert.equal(await refused({ mdfilters: '[]' }), '400 bad_request');
  const wrongType = JSON.stringify([{ ...template, filters: { price: 'x' } }]);
  assert.equal(await refused({ mdfilters: wrongType }), '400 bad_request');
  const unknown = JSON.stringify([{ scope: 'enterprise', templateKey: 'unknown' }]);
  assert.equal(await refused({ mdfilters: unknown }), '404 instance_tuple_not_found');
});

test('a downscoped token finds what it reaches, and changes no metadata', async (t) => {
  const { box, reports, plan, found } = await boxWithItems(t);
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: box.emulator.token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    scope: 'base_preview item_download',
    resource: `https://api.box.com/2.0/folders/${reports}`,
  });
  const answer = await fetch(`${box.emulator.url}/oauth2/token`, { method: 'POST', body });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  assert.equal(await found({ query: 'whale' }, { token }), 'Plan_2024.txt, draft plan.md');
  const refused = await box.call('POST', `/files/${plan.id}/metadata/global/properties`, {
    token,
    json: { a: 'b' },
  });
  assert.deepEqual([refused.status, refused.bytes.length], [403, 0]);
  const query = { from: `enterprise_${box.emulator.enterpriseId}.x`, ancestor_folder_id: '0' };
  const elsewhere = await box.call('POST', '/metadata_queries/execute_read', {
    token,
    json: query,
  });
  assert.equal(elsewhere.status, 404);
});
