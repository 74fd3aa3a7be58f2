import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { runHere } from '../testing/in-process.ts';

suite('boxhaul who', () => {
  let box: Emulator;
  let client: BoxClient;
  let folderId: string;
  before(async () => {
    box = await startEmulator();
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url, env: {} });
    const made = await box.seed({ '/Team/Reports/q3.txt': 'q3', '/Alone/a.txt': 'a' });
    const team = { type: 'folder', id: made['/Team']?.id ?? '' } as const;
    folderId = team.id;
    const file = { type: 'file', id: made['/Team/Reports/q3.txt']?.id ?? '' } as const;
    const ann = await client.users.create({ name: 'Ann', login: 'ann@example.com' });
    const group = await client.groups.create({ name: 'Auditors' });
    await client.collaborations.create({ item: team, userId: ann.id, role: 'editor' });
    await client.collaborations.create({ item: team, groupId: group.id, role: 'viewer' });
    await client.collaborations.create({ item: file, login: 'new@example.org', role: 'viewer' });
    await client.webLinks.create({ url: 'https://example.com', parentId: team.id, name: 'link' });
  });
  after(async () => {
    await client.close();
    await box.close();
  });

  const who = (...args: string[]) =>
    runHere(['who', ...args, '--base-url', box.url, '--token', box.token, '--retries', '0']);
  const rows = (text: string) =>
    text
      .trim()
      .split('\n')
      .map((line) => line.split(/ {2,}/));

  test('lists the owner, those of the item, and those who come with the folders above', async () => {
    const { code, stdout, stderr } = await who('/Team/Reports/q3.txt');
    assert.equal(code, 0, stderr);
    const [owner, ...others] = rows(stdout);
    assert.deepEqual([owner?.[0], owner?.[3]], ['owner', box.adminUserId]);
    assert.deepEqual(
      others.map((cells) => [cells[0], cells[1], cells.at(-1)]),
      [
        ['viewer', 'new@example.org', 'pending'],
        ['editor', 'Ann', 'from Team'],
        ['viewer', 'Auditors (group)', 'from Team'],
      ],
    );
  });

  test('leaves those out with --own, and spares the calls', async () => {
    box.resetCounts();
    const { stdout } = await who('/Team/Reports/q3.txt', '--own');
    assert.equal(rows(stdout).length, 2);
    assert.equal(box.counts()['GET /folders/:id/collaborations'], undefined);
  });

  test('tells programs who it is, and by which collaboration', async () => {
    const { stdout } = await who('/Team', '--json');
    const people = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      people
        .map(({ type, path, kind, name, login, role }) => [type, path, kind, name, login, role])
        .slice(1),
      [
        ['collaborator', '/Team', 'user', 'Ann', 'ann@example.com', 'editor'],
        ['collaborator', '/Team', 'group', 'Auditors', undefined, 'viewer'],
      ],
    );
    assert.match(people[1].collaborationId, /^\d+$/);
  });

  test('goes on past a folder above whose collaborators may not be seen', async () => {
    box.faults.add({
      match: { path: `/folders/${folderId}/collaborations` },
      action: { status: 403 },
    });
    const { code, stdout, stderr } = await who('/Team/Reports');
    assert.equal(code, 1);
    assert.match(stderr, /^boxhaul: \/Team\/Reports: who comes with Team, above it: Box refused/);
    assert.match(stdout, /^owner/);
  });

  const wrong: [word: string, code: number, says: RegExp][] = [
    ['/Team/link', 2, /\/Team\/link is a web link/],
    ['/Nobody', 2, /the root holds no "Nobody"/],
    ['/Team/*.zip', 2, /matches nothing/],
  ];
  for (const [word, code, says] of wrong) {
    test(`${word} is told`, async () => {
      const ended = await who(word);
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, says);
    });
  }

  test('several places have a title each', async () => {
    const { code, stdout } = await who('/*/');
    assert.equal(code, 0);
    assert.deepEqual(stdout.match(/^.*:$/gm), ['/Alone:', '/Team:']);
  });
});
