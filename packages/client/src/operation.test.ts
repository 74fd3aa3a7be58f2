import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { developerToken } from './auth/developer-token.ts';
import { bodyOf } from './body.ts';
import { BoxClient } from './client.ts';
import { BoxApiError, InputError } from './errors.ts';
import { openBox } from './testing/open-box.ts';
import { answerJson, startPeer } from './testing/peer.ts';

suite('an operation of Box’s', () => {
  test('reads, with parameters in path and query', async () => {
    await using box = await openBox();
    const { '/a b.txt': seeded } = await box.emulator.seed({ '/a b.txt': 'x' });
    const path = { file_id: seeded?.id ?? '' };
    const query = { fields: ['name', 'size'] };
    const { data: file, status } = await box.client.call('GET /files/{file_id}', { path, query });
    assert.equal(status, 200);
    assert.equal(file.name, 'a b.txt');
    assert.equal(file.size, 1);
    assert.equal(file.description, undefined);
  });

  test('is told apart by status where nothing was modified', async () => {
    await using box = await openBox();
    const { '/a.txt': seeded } = await box.emulator.seed({ '/a.txt': 'x' });
    const path = { file_id: seeded?.id ?? '' };
    const headers = { 'if-none-match': '0' };
    const answer = await box.client.call('GET /files/{file_id}', { path, headers });
    assert.equal(answer.status, 304);
    assert.equal(answer.data, undefined);
  });

  test('sends JSON, and leaves out what is undefined', async () => {
    await using box = await openBox();
    const body = { name: 'new', parent: { id: '0' }, sync_state: undefined };
    const { data: folder, status } = await box.client.call('POST /folders', { body });
    assert.equal(status, 201);
    assert.equal(folder.name, 'new');
    await box.client.call('DELETE /folders/{folder_id}', {
      path: { folder_id: folder.id },
      query: { recursive: true },
    });
  });

  test('is found under the name of its variant', async () => {
    await using box = await openBox();
    const { '/a.txt': seeded } = await box.emulator.seed({ '/a.txt': 'x' });
    const { data: file } = await box.client.call('PUT /files/{file_id}#add_shared_link', {
      path: { file_id: seeded?.id ?? '' },
      query: { fields: 'shared_link' },
      body: { shared_link: { access: 'open' } },
    });
    assert.equal(file.shared_link?.access, 'open');
  });

  test('uploads a form and streams the contents back', async () => {
    await using box = await openBox();
    const { data: files } = await box.client.call('POST /files/content', {
      // Named first, and yet sent last: Box wants the attributes before the contents.
      body: { file: bodyOf('contents'), attributes: { name: 'a.txt', parent: { id: '0' } } },
    });
    const path = { file_id: files.entries?.[0]?.id ?? '' };
    const { data, status } = await box.client.call('GET /files/{file_id}/content', {
      path,
      headers: { range: 'bytes=3-5' },
    });
    assert.equal(status, 206);
    const chunks: Uint8Array[] = [];
    for await (const chunk of data) chunks.push(chunk);
    assert.equal(Buffer.concat(chunks).toString(), 'ten');
  });

  test('uploads a part at the host for uploads, and waits for the commit', async () => {
    await using box = await openBox();
    const size = 20_000_000;
    const content = Buffer.alloc(size, 'boxhaul ');
    const { data: session } = await box.client.call('POST /files/upload_sessions', {
      body: { folder_id: '0', file_name: 'big.bin', file_size: size },
    });
    const path = { upload_session_id: session.id ?? '' };
    const partBytes = session.part_size ?? 0;
    const parts = [];
    for (let offset = 0; offset < size; offset += partBytes) {
      const bytes = content.subarray(offset, offset + partBytes);
      const { data } = await box.client.call('PUT /files/upload_sessions/{upload_session_id}', {
        path,
        headers: {
          digest: `sha=${createHash('sha1').update(bytes).digest('base64')}`,
          'content-range': `bytes ${offset}-${offset + bytes.byteLength - 1}/${size}`,
        },
        body: bodyOf(bytes),
      });
      assert.ok(data.part);
      parts.push(data.part);
    }
    box.emulator.faults.add({
      match: { path: '/files/upload_sessions/:id/commit' },
      action: { commit202: 1 },
    });
    const { data: files, status } = await box.client.call(
      'POST /files/upload_sessions/{upload_session_id}/commit',
      {
        path,
        headers: { digest: `sha=${createHash('sha1').update(content).digest('base64')}` },
        body: { parts },
      },
    );
    assert.equal(status, 201);
    assert.equal(files.entries?.[0]?.size, size);
    assert.ok(box.client.counts().uploads >= parts.length + 2);
  });
});

/** A client of a peer that answers everything with JSON, and what the peer was sent. */
async function openPeer(status = 200, answer: unknown = {}) {
  const bodies: string[] = [];
  const peer = await startPeer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      answerJson(response, status, answer);
    });
  });
  const client = new BoxClient({ auth: developerToken('token'), baseUrl: peer.url, env: {} });
  return {
    client,
    bodies,
    requests: peer.requests,
    async [Symbol.asyncDispose]() {
      await client.close();
      await peer.close();
    },
  };
}

suite('what is sent', () => {
  test('names the version of the API that the operation belongs to', async () => {
    await using peer = await openPeer();
    await peer.client.call('GET /hubs', { query: { limit: 5 } });
    await peer.client.call('GET /automate_workflows', { query: { folder_id: '1' } });
    await peer.client.call('GET /users/me');
    const versions = peer.requests.map(({ headers }) => headers['box-version']);
    assert.deepEqual(versions, ['2025.0', '2026.0', undefined]);
    assert.equal(peer.requests[0]?.url, '/2.0/hubs?limit=5');
  });

  test('is a form without a token where tokens are asked for', async () => {
    await using peer = await openPeer();
    await peer.client.call('POST /oauth2/token', {
      body: { grant_type: 'client_credentials', client_id: 'a b', scope: undefined },
    });
    const [request] = peer.requests;
    assert.equal(request?.url, '/oauth2/token');
    assert.equal(request?.headers.authorization, undefined);
    assert.equal(request?.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.deepEqual(peer.bodies, ['grant_type=client_credentials&client_id=a+b']);
  });

  test('is a JSON patch where Box wants one', async () => {
    await using peer = await openPeer();
    await peer.client.call('PUT /files/{file_id}/metadata/{scope}/{template_key}', {
      path: { file_id: '1', scope: 'enterprise_2', template_key: 'a-b' },
      body: [{ op: 'add', path: '/a', value: 'x' }],
    });
    const [request] = peer.requests;
    assert.equal(request?.url, '/2.0/files/1/metadata/enterprise_2/a-b');
    assert.equal(request?.headers['content-type'], 'application/json-patch+json');
    assert.deepEqual(peer.bodies, ['[{"op":"add","path":"/a","value":"x"}]']);
  });

  test('joins lists with commas, and writes filters as JSON', async () => {
    await using peer = await openPeer();
    await peer.client.call('GET /search', {
      query: {
        file_extensions: ['pdf', 'txt'],
        mdfilters: [{ scope: 'global', templateKey: 'k', filters: { a: 'b' } }],
      },
    });
    const { searchParams } = new URL(peer.requests[0]?.url ?? '', 'http://box');
    assert.equal(searchParams.get('file_extensions'), 'pdf,txt');
    const [filter] = JSON.parse(searchParams.get('mdfilters') ?? '');
    assert.deepEqual(filter, { scope: 'global', templateKey: 'k', filters: { a: 'b' } });
  });

  test('gives a file in a form its own name and type', async () => {
    await using peer = await openPeer();
    await peer.client.call('POST /users/{user_id}/avatar', {
      path: { user_id: '1' },
      body: { pic: { ...bodyOf('png'), fileName: 'me.png', contentType: 'image/png' } },
    });
    assert.match(peer.bodies[0] ?? '', /name="pic"; filename="me.png"\r\nContent-Type: image\/png/);
  });

  test('keeps what stands in a path within its part of the path', async () => {
    await using peer = await openPeer();
    const key = 'GET /metadata_templates/{scope}/{template_key}/schema';
    await peer.client.call(key, { path: { scope: 'global', template_key: '../a?b' } });
    assert.equal(peer.requests[0]?.url, '/2.0/metadata_templates/global/..%2Fa%3Fb/schema');
    for (const template_key of ['', '.', '..']) {
      const call = peer.client.call(key, { path: { scope: 'global', template_key } });
      await assert.rejects(call, InputError);
    }
    assert.equal(peer.requests.length, 1);
  });

  test('is nothing at all for what is no operation', async () => {
    await using peer = await openPeer();
    // Programs without types come here too.
    const call = peer.client.call as (key: string) => Promise<unknown>;
    for (const key of ['', 'GET', 'FETCH /users/me', 'GET users/me']) {
      await assert.rejects(call.call(peer.client, key), { code: 'input' });
    }
    assert.equal(peer.requests.length, 0);
  });

  test('is nowhere in an error if it is a secret, even if the answer repeats it', async () => {
    const message = 'you said HUSH/1 and HUSH+2 and HUSH 3 and HUSH+4';
    await using peer = await openPeer(400, { code: 'bad_request', message });
    const calls = [
      peer.client.call('POST /oauth2/token', {
        body: { grant_type: 'authorization_code', code: 'HUSH/1', client_secret: 'HUSH+2' },
      }),
      peer.client.call('PUT /folders/{folder_id}', {
        path: { folder_id: '1' },
        body: { shared_link: { password: 'HUSH/1' } },
      }),
      peer.client.call('GET /folders/{folder_id}', {
        path: { folder_id: '1' },
        headers: { boxapi: 'shared_link=https://a.box.com/s/x&shared_link_password=HUSH%203' },
      }),
      peer.client.call('GET /folders/{folder_id}', {
        path: { folder_id: '1' },
        headers: { boxapi: 'shared_link=https://a.box.com/s/x&shared_link_password=HUSH+4' },
      }),
    ];
    const errors = await Promise.all(calls.map((call) => call.catch((error: unknown) => error)));
    const hidden = [/HUSH[/+][12]/, /HUSH\/1/, /HUSH 3/, /HUSH\+4/];
    for (const [index, error] of errors.entries()) {
      assert.ok(error instanceof BoxApiError);
      assert.doesNotMatch(inspect(error, { depth: 9 }), hidden[index] ?? /HUSH/);
    }
  });

  test('is sent once if it is a patch or a creation whose answer was lost', async () => {
    let count = 0;
    const peer = await startPeer((_request, response) => {
      count++;
      response.destroy();
    });
    const client = new BoxClient({ auth: developerToken('token'), baseUrl: peer.url, env: {} });
    await assert.rejects(
      client.call('PUT /folders/{folder_id}/metadata/{scope}/{template_key}', {
        path: { folder_id: '1', scope: 'global', template_key: 'properties' },
        body: [{ op: 'remove', path: '/a' }],
      }),
    );
    await assert.rejects(
      client.call('PATCH /metadata_taxonomies/{namespace}/{taxonomy_key}', {
        path: { namespace: 'enterprise_1', taxonomy_key: 'a' },
        body: { displayName: 'a' },
      }),
    );
    assert.equal(count, 2);
    await client.close();
    await peer.close();
  });
});
