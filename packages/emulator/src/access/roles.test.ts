import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allows, type Right, type Role } from './roles.ts';

const columns: Right[] = [
  ...(['see', 'preview', 'comment', 'download', 'upload', 'version', 'share'] as const),
  ...(['rename', 'delete', 'invite', 'settings'] as const),
];

/** Box's own matrix, column by column. */
const matrix: [Role, string][] = [
  ['owner', 'yyyyyyyyyyy'],
  ['co-owner', 'yyyyyyyyyyy'],
  ['editor', 'yyyyyyyyyy-'],
  ['viewer uploader', 'yyyyyyy----'],
  ['previewer uploader', 'yyy-y------'],
  ['viewer', 'yyyy--y----'],
  ['previewer', 'yyy--------'],
  ['uploader', 'y---y------'],
];

for (const [role, row] of matrix) {
  test(`a role of ${role} gives what Box’s matrix says`, () => {
    const given = columns.map((right) => (allows([role], right) ? 'y' : '-')).join('');
    assert.equal(given, row);
  });
}

test('several roles add up, none gives nothing', () => {
  assert.equal(allows(['uploader', 'viewer'], 'upload'), true);
  assert.equal(allows(['uploader', 'viewer'], 'download'), true);
  assert.equal(allows([], 'see'), false);
});
