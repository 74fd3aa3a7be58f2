/** What Box would refuse, or take for something else than was meant, is told in words that name it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

test('what is typed wrong is named, with the way out, and nothing is changed', async (t) => {
  const { box, file, folder, names, run } = await boxStage(t);
  const id = await folder('Team');
  await folder('Below', id);
  await file('a.txt', id, 'a');
  const cases: [args: readonly string[], says: RegExp][] = [
    [['mkdir', '/Team/a\nb'], /"a␊b" is no name .*\n {2}Box allows no control characters/],
    [['mkdir', `/${'x'.repeat(256)}`], /is no name .*\n {2}it has 256 characters, and Box allows/],
    [['copy', '/Team/a.txt', '/Team', '--name', 'b/c'], /name: found "b\/c"; allowed: a name of 1/],
    [['copy', '/Team/a.txt', '/Team', '--name', ''], /name: found ""; allowed: a name of 1 to 255/],
    [
      ['copy', '/Team/a.txt', '/Team/b '],
      /"b " is no name that Box takes\n {2}Box allows no space/,
    ],
    [['move', '/Team/a.txt', '/', '--name', '..'], /name: found "\.\."; allowed: a name of/],
    [
      ['move', '/Team', '/Team/Below'],
      /\/Team cannot go into itself, or into a folder in it\n {2}→/,
    ],
    [['comment', '/Team/a.txt', ' '], /text: found " "; allowed: the comment/],
    [
      ['versions', 'promote', '/Team/a.txt'],
      /version: nothing is given; allowed: which one: its n/,
    ],
    [
      ['invite', '/Team', 'ann', '--role', 'editor'],
      /login: found "ann"; allowed: an address with/,
    ],
    [
      ['invite', '/Team', '999', '--role', 'editor'],
      /there is no user with the id 999\n {2}→ boxhaul/,
    ],
    [
      ['users', 'create', 'Ann', '--login', 'ann'],
      /login: found "ann"; allowed: an address with an @/,
    ],
    [
      ['users', 'create', '', '--login', 'ann@a.example'],
      /name: found ""; allowed: what the user is/,
    ],
    [['users', 'update', box.adminUserId, '--name', ''], /name: found ""; allowed: another name/],
    [['users', 'show', '999'], /there is no user with the id 999\n {2}→ boxhaul users list/],
    [['users', 'show', ''], /no user with the login ""/],
    [['groups', 'members', '999'], /there is no group with the id 999\n {2}→ boxhaul groups list/],
    [['groups', 'add', '999', box.adminUserId], /there is no group with the id 999/],
    [
      ['groups', 'delete', '999', '--yes'],
      /there is no group with the id 999\n {2}→ boxhaul groups/,
    ],
    [
      ['share', '/Team', '--expires', '2020-01-01'],
      /expires: 2020-01-0.* is over already\n {2}→ give/,
    ],
    [['lock', '/Team/a.txt', '--expires', '2020-01-01'], /expires: 2020-01-0.* is over already/],
    [
      ['invite', '/Team', 'ann@a.example', '--role', 'editor', '--expires', '2020-01-01'],
      /expires: 2020-01-0.* is over already/,
    ],
    [['search', 'a', '--metadata', 'enterprise.no.a=1'], /no metadata template enterprise\.no\n/],
    [['meta', 'get', '/Team', '-t', 'none'], /no template "none" of the enterprise scope\n {2}→/],
    [['search', ' '], /it is not said what to search for/],
    [['jobs', ''], /there is no job "" on this machine/],
  ];
  for (const [args, says] of cases) {
    const { code, stdout, stderr } = await run(...args);
    assert.match(stderr, says);
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
  }
  assert.deepEqual(await names(id), ['Below/', 'a.txt']);
  assert.deepEqual(await names(), ['Team/']);
  const changes = Object.keys(box.counts()).filter((call) => /^(POST|DELETE)/.test(call));
  assert.deepEqual(changes.sort(), [
    'DELETE /groups/:id',
    'POST /collaborations',
    'POST /files/content',
    'POST /folders',
  ]);
});
