/** Where the recordings of a page are made: an empty folder and a Box of its own, and a shell in between. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { type Block, shownAs } from './page.ts';

/** From the sources; a built one starts in half the time. */
const command =
  process.env.BOXHAUL_COMMAND ?? join(import.meta.dirname, '../../packages/cli/bin/boxhaul.js');

/** The folder in which a page's lines run, as readers see it. */
const HOME = '/home/ann';

/** Runs the blocks of one page in order. @returns what the shown ones are to say */
export async function record(blocks: readonly Block[]): Promise<Map<Block, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'boxhaul-recording-'));
  // A stage may name the other one, for what goes from one Box to another.
  const [box, other] = await Promise.all([startEmulator({ seed: 1 }), startEmulator({ seed: 2 })]);
  try {
    const env = surroundings(folder, box, other);
    const texts = new Map<Block, string>();
    for (const block of blocks) {
      const printed: { line: string; output: string }[] = [];
      for (const line of block.lines) {
        const { output, code } = await inShell(line, join(folder, 'ann'), env);
        if (block.kind === 'stage' && code !== 0) {
          throw new Error(`the stage is not set: ${line}\nexit ${code}\n${output}`);
        }
        printed.push({ line, output: output.replaceAll(join(folder, 'ann'), HOME) });
      }
      if (block.kind === 'shown') texts.set(block, shownAs(printed));
    }
    return texts;
  } finally {
    await Promise.all([box.close(), other.close()]);
    rmSync(folder, { recursive: true });
  }
}

function surroundings(folder: string, box: Emulator, other: Emulator): Record<string, string> {
  const compileCache = getCompileCacheDir();
  const bin = join(folder, 'bin');
  for (const place of ['bin', 'ann']) mkdirSync(join(folder, place));
  writeFileSync(join(bin, 'boxhaul'), `#!/bin/sh\nexec '${process.execPath}' '${command}' "$@"\n`);
  chmodSync(join(bin, 'boxhaul'), 0o755);
  return {
    PATH: [bin, process.env.PATH].join(delimiter),
    HOME: join(folder, 'ann'),
    BOXHAUL_HOME: join(folder, 'settings'),
    ...(compileCache && { NODE_COMPILE_CACHE: compileCache }),
    BOX_BASE_URL: box.url,
    BOX_DEVELOPER_TOKEN: box.token,
    OTHER_BOX_BASE_URL: other.url,
    OTHER_BOX_TOKEN: other.token,
    COLUMNS: '100',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
  };
}

/** One line, as a person would see what it prints. */
async function inShell(
  line: string,
  cwd: string,
  env: Record<string, string>,
): Promise<{ output: string; code: number | null }> {
  const shell = spawn('sh', ['-c', `exec 2>&1\n${line}`], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    shell.once('error', reject);
    shell.once('close', resolve);
  });
  const [output, code] = await Promise.all([text(shell.stdout), ended]);
  return { output, code };
}
