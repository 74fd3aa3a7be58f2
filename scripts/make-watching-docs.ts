/**
 * Puts true captures of a terminal into docs/watching.md: the command runs in tmux on a Box of its own, which is slow,
 * keeps Box's limits and refuses one file. `--print` writes captures at three sizes to the terminal instead.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Emulator, startEmulator } from '@boxhaul/emulator';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs/watching.md');

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A terminal with the command in it. */
class Terminal {
  readonly #socket = `boxhaul-${process.pid}`;

  constructor({ columns, rows }: Size, folder: string, env: Record<string, string>, line: string) {
    const settings = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    const size = ['-x', String(columns), '-y', String(rows)];
    const shell = `${line}; exec sleep 60`;
    this.#tmux('-f', '/dev/null', 'new-session', '-d', ...size, '-c', folder, ...settings, shell);
  }

  press(key: string): void {
    this.#tmux('send-keys', key);
  }

  resize({ columns, rows }: Size): void {
    this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  /** What it shows once that matches. */
  async shows(pattern: RegExp): Promise<string> {
    for (let tries = 0; tries < 600; tries++) {
      const text = this.#tmux('capture-pane', '-p').trimEnd();
      if (pattern.test(text)) return text;
      await pause(50);
    }
    throw new Error(`it never showed ${pattern}:\n${this.#tmux('capture-pane', '-p')}`);
  }

  close(): void {
    this.#tmux('kill-server');
  }

  #tmux(...args: string[]): string {
    return execFileSync('tmux', ['-L', this.#socket, ...args], { encoding: 'utf8' });
  }
}

const command = `${process.execPath} ${join(root, 'packages/cli/bin/boxhaul.js')}`;
const line = `${command} upload weekly --to /Backups --mode update`;
const halfWay = /(?:2|3|4|5)\d%/;

async function capture(): Promise<Record<string, string>> {
  const captures: Record<string, string> = {};
  await withBox(async (open) => {
    const terminal = open({ columns: 80, rows: 24 });
    captures.running = await terminal.shows(/uploads, [\s\S]*continues/);
    terminal.press('C-c');
    captures.ending = await terminal.shows(/finishing/);
    captures.interrupted = await terminal.shows(/interrupted after/);
  });
  await withBox(async (open) => {
    const terminal = open({ columns: 80, rows: 24 });
    captures.done = await terminal.shows(/done in[\s\S]*retry/);
  });
  return captures;
}

async function print(): Promise<void> {
  const sizes = [
    { columns: 200, rows: 50 },
    { columns: 40, rows: 10 },
    { columns: 20, rows: 4 },
  ];
  await withBox(async (open) => {
    const terminal = open({ columns: 80, rows: 24 });
    console.log(await terminal.shows(halfWay));
    for (const size of sizes) {
      terminal.resize(size);
      await pause(400);
      console.log(`\n--- ${size.columns}×${size.rows}\n${await terminal.shows(/./)}`);
    }
  });
}

/** A Box and a folder to send, anew for each capture. */
async function withBox(work: (open: (size: Size) => Terminal) => Promise<void>): Promise<void> {
  const opened: Terminal[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'boxhaul-watching-'));
  const box = await startEmulator({
    limits: 'box',
    bandwidthBytesPerSecond: 2_000_000,
    latencyMs: 150,
  });
  try {
    await prepare(box, folder);
    const env = {
      BOX_BASE_URL: box.url,
      BOX_DEVELOPER_TOKEN: box.token,
      BOXHAUL_HOME: join(folder, 'home'),
      TERM: 'xterm-256color',
    };
    await work((size) => {
      const terminal = new Terminal(size, folder, env, line);
      opened.push(terminal);
      return terminal;
    });
  } finally {
    for (const terminal of opened) terminal.close();
    await box.close();
    rmSync(folder, { recursive: true });
  }
}

async function prepare(box: Emulator, folder: string): Promise<void> {
  for (const place of ['reports', 'db', 'video', 'photos']) {
    mkdirSync(join(folder, 'weekly', place), { recursive: true });
  }
  const write = (path: string, bytes: number) =>
    writeFileSync(join(folder, 'weekly', path), Buffer.alloc(bytes, path));
  write('video/launch.mov', 14_000_000);
  write('db/dump-0412.zst', 9_000_000);
  write('reports/q3.xlsx', 40_000);
  for (let photo = 100; photo < 220; photo++) write(`photos/${photo}.jpg`, 60_000);
  await box.seed({ '/Backups/weekly/photos/100.jpg': 'older' });
  box.faults.add({
    match: { method: 'POST', path: '/files/content' },
    action: { status: 403, code: 'forbidden', message: 'Access denied' },
    skip: 20,
    times: 1,
  });
}

if (process.argv.includes('--print')) {
  await print();
} else {
  let text = readFileSync(page, 'utf8');
  for (const [name, captured] of Object.entries(await capture())) {
    const block = captured.replace(/^/gm, '    ').replace(/ +$/gm, '');
    const [start, end] = [`<!-- capture: ${name} -->\n`, '\n<!-- end -->'];
    const from = text.indexOf(start) + start.length;
    text = `${text.slice(0, from)}\n${block}\n${text.slice(text.indexOf(end, from))}`;
  }
  writeFileSync(page, text);
}
