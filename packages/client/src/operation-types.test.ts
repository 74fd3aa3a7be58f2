/** What `client.call` lets pass and what it refuses, told by tsc: a mistake that is none any more is an error. */
import { test } from 'node:test';
import { bodyOf } from './body.ts';
import type { BoxClient } from './client.ts';
import type { FileFull, FolderFull, Hub } from './generated/schemas.ts';
import type { CallAnswer, CallInput, OperationKey } from './operation.ts';
import type { AnswerStream } from './request.ts';

declare const client: BoxClient;
/** Is it the same type, both ways? */
type Same<A, B> = [A, B] extends [B, A] ? true : false;
const holds = <T extends true>(): T | undefined => undefined;

test('types (checked by tsc, never run)', { skip: 'npm run check' }, async () => {
  const path = { file_id: '1' };

  // Parameters that are required.
  await client.call('GET /users/me');
  await client.call('GET /users/me', {});
  // @ts-expect-error the path is missing
  await client.call('GET /files/{file_id}');
  // @ts-expect-error the path is missing
  await client.call('GET /files/{file_id}', {});
  // @ts-expect-error its id is missing
  await client.call('GET /files/{file_id}', { path: {} });
  // @ts-expect-error a header is required
  await client.call('GET /shared_items');
  // @ts-expect-error the body is missing
  await client.call('POST /folders');
  // @ts-expect-error the parent is missing
  await client.call('POST /folders', { body: { name: 'a' } });
  // @ts-expect-error a query is required
  await client.call('GET /folder_locks', { query: {} });

  // What nobody knows, and what is of another kind.
  // @ts-expect-error there is no such operation
  await client.call('GET /nothing');
  // @ts-expect-error no such part
  await client.call('GET /files/{file_id}', { path, params: {} });
  // @ts-expect-error no such parameter of the path
  await client.call('GET /files/{file_id}', { path: { ...path, folder_id: '1' } });
  // @ts-expect-error no such parameter
  await client.call('GET /files/{file_id}', { path, query: { field: ['name'] } });
  // @ts-expect-error a list is wanted
  await client.call('GET /files/{file_id}', { path, query: { fields: 'name' } });
  // @ts-expect-error no such header
  await client.call('GET /files/{file_id}', { path, headers: { 'if-match': '1' } });
  // @ts-expect-error no such header, beside one that there is
  await client.call('GET /files/{file_id}', { path, headers: { boxapi: 'x', 'if-match': '1' } });
  // @ts-expect-error it takes no body
  await client.call('GET /files/{file_id}', { path, body: {} });
  // @ts-expect-error no such member
  await client.call('PUT /files/{file_id}', { path, body: { title: 'a' } });
  // @ts-expect-error one of three words
  await client.call('PUT /files/{file_id}', { path, body: { shared_link: { access: 'all' } } });
  // @ts-expect-error the version is sent by the client
  await client.call('GET /hubs', { headers: { 'box-version': '2025.0' } });
  // @ts-expect-error bytes are a body that can be opened again
  await client.call('POST /users/{user_id}/avatar', { path: { user_id: '1' }, body: { pic: 'x' } });

  // Undefined leaves out, null is said where Box takes it.
  const body = { name: undefined, lock: null, content_modified_at: '2030-01-01T00:00:00Z' };
  await client.call('PUT /files/{file_id}', { path, body, headers: { 'if-match': undefined } });
  await client.call('PUT /files/{file_id}#remove_shared_link', {
    path,
    query: { fields: 'shared_link' },
    body: { shared_link: null },
  });
  await client.call('GET /files/{file_id}/metadata/{scope}/{template_key}', {
    path: { file_id: '1', scope: 'enterprise_123', template_key: 'contract' },
  });

  // Answers.
  const file = await client.call('GET /files/{file_id}', { path });
  holds<Same<typeof file.status, 200>>();
  holds<Same<typeof file.data, FileFull>>();
  // @ts-expect-error no such field
  void file.data.title;

  const maybe = await client.call('GET /files/{file_id}', {
    path,
    headers: { 'if-none-match': '1' },
  });
  holds<Same<typeof maybe.status, 200 | 304>>();
  // @ts-expect-error it may not have been modified
  void maybe.data.name;
  if (maybe.status === 200) holds<Same<typeof maybe.data, FileFull>>();

  const deleted = await client.call('DELETE /files/{file_id}', { path });
  holds<Same<typeof deleted.data, undefined>>();
  const content = await client.call('GET /files/{file_id}/content', { path });
  holds<Same<typeof content.data, AnswerStream>>();
  const folder = await client.call('PUT /folders/{folder_id}', { path: { folder_id: '1' } });
  holds<Same<typeof folder.data, FolderFull>>();
  const hub = await client.call('GET /hubs/{hub_id}', { path: { hub_id: '1' } });
  holds<Same<typeof hub.data, Hub>>();
  const version = await client.call('POST /files/{file_id}/content', {
    path,
    body: { attributes: {}, file: bodyOf('x') },
  });
  holds<Same<typeof version.status, 201>>();
  const link = await client.call('POST /web_links', {
    body: { url: 'https://example.com', parent: { id: '0' } },
  });
  holds<Same<typeof link.status, 200 | 201>>();

  // Each has an answer, and something that can be asked.
  type Unanswered = { [K in OperationKey]: [CallAnswer<K, object>] extends [never] ? K : never };
  holds<Same<Unanswered[OperationKey], never>>();
  type Impossible = { [K in OperationKey]: [CallInput<K>] extends [never] ? K : never };
  holds<Same<Impossible[OperationKey], never>>();

  // Programs that choose the operation while they run.
  holds<Same<Extract<OperationKey, 'GET /no'>, never>>();
  const input: CallInput<'POST /folders'> = { body: { name: 'a', parent: { id: '0' } } };
  await client.call('POST /folders', input);
});
