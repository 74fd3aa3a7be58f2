import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as everything from '@boxhaul/client';

const page = readFileSync(join(import.meta.dirname, '../docs/box-py.md'), 'utf8');

/** What box.py had, but for what was its own affair. */
const BOX_PY = [
  'start_authenticate_v1 finish_authenticate_v1 start_authenticate_v2 finish_authenticate_v2 refresh_v2_token',
  'CredentialsV1 CredentialsV2 get_user_info get_user_list get_folder get_folder_content get_folder_iterator',
  'copy_folder create_folder get_folder_collaborations get_file_metadata get_file_comments get_file_tasks',
  'delete_file delete_folder delete_trashed_file download_file get_thumbnail upload_file overwrite_file copy_file',
  'share_link get_events long_poll_for_events get_path_of_file get_comment_information add_comment change_comment',
  'delete_comment get_task_information add_task change_task delete_task get_task_assignments get_assignment',
  'assign_task update_assignment delete_assignment search get_collaboration create_collaboration_by_user_id',
  'create_collaboration_by_login edit_collaboration delete_collaboration',
].flatMap((line) => line.split(' '));

/** The cells of the tables' rows, without the titles. */
const rows = page
  .split('\n')
  .filter((line) => /^\| (?!---|box\.py |promised )/.test(line))
  .map((line) => line.split('|').slice(1, -1));

test('docs/box-py.md has all that box.py had', () => {
  const old = new Set(rows.flatMap(([cell = '']) => namesIn(cell)));
  assert.deepEqual(
    BOX_PY.filter((name) => !old.has(name)),
    [],
  );
});

test('docs/box-py.md names what the client has', async () => {
  const { BoxClient, developerToken, memoryStore, oauth } = everything;
  const client = new BoxClient({ auth: developerToken('none') });
  const login = oauth({ clientId: 'a', clientSecret: 'b', store: memoryStore() });
  const places = new Map<string, object>([
    ...Object.entries(client).filter(([, value]) => typeof value === 'object'),
    ['oauth()', login],
  ]);
  const isThere = (name: string) => {
    const [place, method = ''] = name.split('.');
    return method === '' ? name in everything : method in (places.get(place ?? '') ?? {});
  };
  const named = rows.flatMap(([, cell = '']) => namesIn(cell.split(':')[0] ?? ''));
  assert.ok(named.length > BOX_PY.length);
  assert.deepEqual(
    named.filter((name) => !isThere(name)),
    [],
  );
  await client.close();
});

function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}
