/** The lines that `boxhaul emulator --tls` prints are copied as they stand, and work. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { BoxClient, BoxDeveloperTokenAuth } from 'box-node-sdk';
import { type RunningCommand, start } from './command.ts';
import { skip } from './rclone.ts';

let running: RunningCommand;
let printed: string;
let home: string;

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'boxhaul-lines-'));
  await writeFile(join(home, 'hello.txt'), 'hello');
  running = start(['emulator', '--tls', '--port', '0', '--token', 'copied']);
  printed = await whatIsPrinted(running);
});
after(async () => {
  running.process.kill('SIGTERM');
  await running.outcome;
  await rm(home, { recursive: true, force: true });
});

test('those for curl', async () => {
  const [line = ''] = linesAfter('curl');
  assert.equal(JSON.parse(await shell(line)).total_count, 0);
});

test("the one for Box's Node SDK", async () => {
  const [line = ''] = linesAfter("Box's SDKs: Node");
  const client = new BoxClient({ auth: new BoxDeveloperTokenAuth({ token: 'copied' }) });
  const mine: BoxClient = new Function('client', `return ${line}`)(client);
  const folder = await mine.folders.createFolder({ name: 'by sdk', parent: { id: '0' } });
  const items = await mine.folders.getFolderItems('0');
  assert.deepEqual(
    items.entries?.map(({ id }) => id),
    [folder.id],
  );
});

test('those for rclone', { skip }, async () => {
  const lines = linesAfter('rclone').slice(0, 3);
  await shell([...lines.slice(0, 2), 'rclone copy hello.txt box:by-rclone'].join('\n'));
  assert.match(await shell(lines.join('\n')), /^by-rclone\/$/m);
});

test('without --tls rclone is told what it takes', async (t) => {
  const plain = start(['emulator', '--port', '0']);
  t.after(() => plain.process.kill('SIGTERM'));
  const said = await whatIsPrinted(plain);
  assert.match(said, /rclone.*--tls/);
  assert.doesNotMatch(said, /HTTPS_PROXY/);
});

/** All that it says until it is ready; rejects if it ends before that. */
async function whatIsPrinted({ process: child, outcome }: RunningCommand): Promise<string> {
  const { promise: ready, resolve } = Promise.withResolvers<string>();
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
    if (said.includes('Ctrl-C ends it')) resolve(said);
  });
  const ended = outcome.then(({ stderr }) => Promise.reject(new Error(stderr)));
  return await Promise.race([ready, ended]);
}

/** The indented lines below a heading. */
function linesAfter(heading: string): string[] {
  const [, below = ''] = printed.split(`\n  ${heading}`);
  const lines = below.split('\n').slice(1);
  const end = lines.findIndex((line) => !line.startsWith('    '));
  return lines.slice(0, end).map((line) => line.trim());
}

async function shell(script: string): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: home };
  const { stdout } = await promisify(execFile)('sh', ['-ec', script], { cwd: home, env });
  return stdout;
}
