/**
 * Ten thousand rows from a file. A hundred bad ones among them: none is done, and each is told. Mended, killed half-way
 * and gone on with: each is done once, counted in Box.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { BoxClient, bodyOf, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { run, start } from './command.ts';

const ROWS = 10_000;
const FILES = 40;
/** So many rows lie between two that are bad. */
const BAD_EVERY = 100;

/** What `--json` wrote, by type. */
function eventsIn(stdout: string): Record<string, Record<string, unknown>[]> {
  const events = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  return Object.groupBy(events, ({ type }) => type) as Record<string, Record<string, unknown>[]>;
}

suite(`${ROWS} rows from a file`, () => {
  let work: string;
  let box: Emulator;
  let client: BoxClient;
  let env: Record<string, string>;
  const fileIds: string[] = [];

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-bulk-'));
    box = await startEmulator();
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
    env = {
      BOX_BASE_URL: box.url,
      BOX_DEVELOPER_TOKEN: box.token,
      BOXHAUL_HOME: join(work, 'home'),
    };
    const parentId = (await client.folders.create({ name: 'Minutes', parentId: '0' })).id;
    for (let file = 0; file < FILES; file++) {
      const name = `${file}.txt`;
      fileIds.push((await client.files.upload({ name, parentId, body: bodyOf(name) })).id);
    }
  });

  after(async () => {
    await client.close();
    await box.close();
    await rm(work, { recursive: true, force: true });
  });

  /** A comment for each row, each with words of its own; every hundredth row is bad in one of four ways. */
  const csv = (isBad: (row: number) => boolean) => {
    const bad = (row: number) =>
      [
        `Minutes/0.txt,seen ${row}`,
        `/Minutes/0.txt,`,
        `,seen ${row}`,
        `https://example.com/1,seen`,
      ][(row / BAD_EVERY) % 4];
    const rows = Array.from({ length: ROWS }, (_, index) => {
      const row = index + 1;
      return isBad(row) ? bad(row) : `/Minutes/${row % FILES}.txt,seen ${row}`;
    });
    return `path,text\n${rows.join('\n')}\n`;
  };

  /** How often each comment stands in Box. */
  const comments = async () => {
    const counts = new Map<string, number>();
    for (const id of fileIds) {
      for await (const { message = '' } of client.comments.list(id, { fields: ['message'] })) {
        counts.set(message, (counts.get(message) ?? 0) + 1);
      }
    }
    return counts;
  };

  test('a hundred bad ones: nothing is done, and each is told with line and column', async () => {
    await writeFile(
      join(work, 'bad.csv'),
      csv((row) => row % BAD_EVERY === 0),
    );
    box.resetCounts();
    const args = ['comment', '--from-file', 'bad.csv'];
    const told = await run([...args, '--json'], { cwd: work, env });
    assert.equal(told.code, 2);
    const { 'bad-row': bad = [], row = [] } = eventsIn(told.stdout);
    assert.equal(row.length, 0);
    assert.deepEqual(
      bad.map(({ line }) => line),
      Array.from({ length: ROWS / BAD_EVERY }, (_, index) => (index + 1) * BAD_EVERY + 1),
    );
    const columns = bad.map(({ column }) => column);
    assert.equal(columns.filter((column) => column === 'path').length, 75);
    assert.equal(columns.filter((column) => column === 'text').length, 25);
    const inWords = await run(args, { cwd: work, env });
    assert.equal(inWords.code, 2);
    assert.match(inWords.stderr, /100 rows of bad\.csv are wrong; nothing was done\n/);
    assert.match(inWords.stderr, /line 101, text: nothing is given; allowed: the comment\n/);
    assert.match(inWords.stderr, /line 201, path: nothing is given; allowed: a path from the root/);
    assert.equal(inWords.stderr.match(/^ {2}line \d+, (path|text): /gm)?.length, 100);
    assert.deepEqual(box.counts(), {}, 'Box was not even asked');
  });

  test('mended, killed half-way, resumed: each is done once', async () => {
    await writeFile(
      join(work, 'mended.csv'),
      csv(() => false),
    );
    const args = ['comment', '--from-file', 'mended.csv', '--report', 'report.csv'];
    const killed = start(args, { cwd: work, env });
    while ((box.counts()['POST /comments'] ?? 0) < ROWS / 2) await new Promise(setImmediate);
    killed.process.kill('SIGKILL');
    assert.equal((await killed.outcome).code, null);
    const half = await comments();
    assert.ok(half.size >= ROWS / 2 && half.size < ROWS, `${half.size} were written`);

    const resumed = await run(['resume', '--json'], { cwd: tmpdir(), env });
    assert.equal(resumed.code, 0, resumed.stderr);
    const { row: rows = [], summary: [summary] = [] } = eventsIn(resumed.stdout);
    assert.equal(rows.length, ROWS, 'each row is told');
    assert.deepEqual([summary?.rows, summary?.failed, summary?.left], [ROWS, 0, 0]);
    const before = rows.filter(({ reason }) => reason === 'done-before').length;
    assert.equal(Number(summary?.done) + before, ROWS);
    assert.ok(before > ROWS / 2 - 100, `${before} were known to be done`);
    assert.equal(
      (await readFile(join(work, 'report.csv'), 'utf8')).trim().split('\n').length,
      ROWS + 1,
    );

    const all = await comments();
    assert.equal(all.size, ROWS);
    assert.deepEqual(
      [...all].filter(([, count]) => count !== 1),
      [],
    );

    box.resetCounts();
    const again = await run(['comment', '--from-file', 'mended.csv'], { cwd: work, env });
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stdout, /10,000 done before/);
    assert.deepEqual(box.counts(), {});
  });
});
