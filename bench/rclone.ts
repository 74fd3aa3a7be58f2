/**
 * `npm run bench:rclone`: Boxhaul's command beside rclone on the jobs of the bench that have many files, near and at 50 ms latency.
 * `--write` puts the table into docs/beside-rclone.md.
 *
 * Both are the commands that a user runs, each with its own defaults, and both talk TLS to Box's own host names,
 * through the proxy of an emulator that begins empty for each of them.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeSmallFiles, SMALL } from './material.ts';
import { measuredOn, root } from './page.ts';
import { type BoxProcess, Setting } from './setting.ts';

/** How often a running process is looked at. */
const LOOK_MS = 20;
const LATENCIES_MS = [0, 50];
const COMMAND = join(root, 'dist', 'cli', 'bin', 'boxhaul.js');

const { values: flags } = parseArgs({ options: { write: { type: 'boolean' } } });

interface Ran {
  seconds: number;
  calls: number;
  peakBytes: number;
}

/** One of the two: how it sends a folder to `/job` in Box, and fetches it again. */
interface Tool {
  name: 'Boxhaul' | 'rclone';
  send(box: BoxProcess, home: string, from: string): Promise<Ran>;
  fetch(box: BoxProcess, home: string, to: string): Promise<Ran>;
}

const boxhaul = (box: BoxProcess, home: string, ...args: string[]) =>
  run(box, process.execPath, [COMMAND, ...args, '--quiet'], {
    ...proxied(box, home),
    NODE_EXTRA_CA_CERTS: box.tls?.caCertificatePath,
    BOX_DEVELOPER_TOKEN: box.token,
  });

const rclone = (box: BoxProcess, home: string, ...args: string[]) =>
  run(box, 'rclone', ['--ca-cert', box.tls?.caCertificatePath ?? '', 'copy', ...args], {
    ...proxied(box, home),
    RCLONE_CONFIG: '/dev/null',
    RCLONE_CONFIG_EMULATED_TYPE: 'box',
    RCLONE_CONFIG_EMULATED_ACCESS_TOKEN: box.token,
  });

const TOOLS: readonly Tool[] = [
  {
    name: 'Boxhaul',
    send: (box, home, from) => boxhaul(box, home, 'upload', `${from}/`, '--to', '/job'),
    fetch: (box, home, to) => boxhaul(box, home, 'download', '/job', to),
  },
  {
    name: 'rclone',
    send: (box, home, from) => rclone(box, home, from, 'emulated:job'),
    fetch: (box, home, to) => rclone(box, home, 'emulated:job', to),
  },
];

const installed = spawnSync('rclone', ['version'], { encoding: 'utf8' });
if (installed.status !== 0) throw new Error('rclone is not installed: apt-get install rclone');
const version = /^rclone (\S+)/.exec(installed.stdout)?.[1];
const setting = await Setting.open(1);
try {
  const table = await measureAll();
  console.log(table);
  if (flags.write) await writePage(table);
} finally {
  await setting.close();
}

async function measureAll(): Promise<string> {
  const small = setting.fresh('small');
  await makeSmallFiles(small);
  const folders = setting.fresh('folders');
  await makeSmallFiles(folders, { folders: 200, files: 200, bytes: 100 });
  const jobs: readonly [title: string, from: string][] = [
    [`${SMALL.files} × 4 KiB in ${SMALL.folders} folders`, small],
    ['200 folders × 1 file', folders],
  ];
  const lines = [
    '| job | latency | | seconds | calls | peak memory |',
    '|---|--:|---|--:|--:|--:|',
  ];
  for (const latencyMs of LATENCIES_MS) {
    for (const [title, from] of jobs) lines.push(...(await rowsOf(title, from, latencyMs)));
  }
  return lines.join('\n');
}

/** Each tool sends the folder twice, the second time with nothing to do, and fetches it. */
async function rowsOf(title: string, from: string, latencyMs: number): Promise<string[]> {
  const lines: string[] = [];
  for (const tool of TOOLS) {
    const box = await setting.startBox({ latencyMs, tls: true });
    try {
      const home = await setting.freshFolder('home');
      const ran: [string, Ran][] = [
        ['up', await tool.send(box, home, from)],
        ['up, again', await tool.send(box, home, from)],
        ['down', await tool.fetch(box, home, setting.fresh('fetched'))],
      ];
      for (const [what, { seconds, calls, peakBytes }] of ran) {
        const memory = `${Math.round(peakBytes / 1e6)} MB`;
        lines.push(
          `| ${title}, ${what} | ${latencyMs} ms | ${tool.name} | ${seconds.toFixed(1)} | ${calls} | ${memory} |`,
        );
      }
    } finally {
      await box.stop();
    }
  }
  // Both tools of one job beside each other.
  return lines.sort((one, other) => titleOf(one).localeCompare(titleOf(other)));
}

function titleOf(line: string): string {
  return line.split('|')[1] ?? '';
}

function proxied({ tls }: BoxProcess, home: string): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return { PATH, HOME: home, HTTPS_PROXY: tls?.proxyUrl, https_proxy: tls?.proxyUrl };
}

async function run(
  box: BoxProcess,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Ran> {
  await box.resetCounts();
  const started = performance.now();
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  let peakBytes = 0;
  const look = setInterval(() => {
    peakBytes = Math.max(peakBytes, peakOf(child.pid));
  }, LOOK_MS);
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  child.once('close', resolve);
  const code = await promise.finally(() => clearInterval(look));
  const seconds = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
  return { seconds, calls: await box.apiCalls(), peakBytes };
}

/** The most that a process has held so far; 0 once it is gone. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    // It ended between two looks.
    return 0;
  }
}

async function writePage(table: string): Promise<void> {
  const text = `# Beside rclone

Written by \`npm run bench:rclone -- --write\` on ${measuredOn()}, with rclone ${version}.
Both are the commands that a user runs, with their own defaults, and talk TLS to Box's host names through the proxy of an emulator that
began empty for each of them, sets no limits, and had the same cores. Calls are counted by the emulator: requests to
the API and upload hosts, not the redirected downloads of contents. "Again" has nothing left to do.

${table}
`;
  await writeFile(join(root, 'docs', 'beside-rclone.md'), text);
}
