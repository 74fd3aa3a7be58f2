/** rclone on a Box of its own, set up by what `boxhaul emulator --tls` prints and nothing else. */
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';

const isInstalled = spawnSync('rclone', ['version']).status === 0;

/** The option `skip` of tests that need rclone. */
export const skip = isInstalled
  ? false
  : 'left out: rclone is not installed (apt-get install rclone)';

/** What a run of rclone said. */
export interface RcloneOutcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** A Box, and two that look at it: rclone, and a client that shows what rclone really did. */
export interface RcloneBox extends AsyncDisposable {
  box: Emulator;
  client: BoxClient;
  /** A temporary folder, gone when this is disposed. */
  work: string;
  /** Runs rclone, whose remote `box:` is the Box; rejects unless it ends well. Answers what it printed. */
  rclone(...args: string[]): Promise<string>;
  /** Runs rclone to its end, whatever that is. `input` is what it reads from standard input. */
  tryRclone(args: readonly string[], input?: string): Promise<RcloneOutcome>;
}

/** Starts a Box with a proxy that leads Box's hosts to it. */
export async function startRcloneBox(): Promise<RcloneBox> {
  const work = await mkdtemp(join(tmpdir(), 'boxhaul-rclone-'));
  const box = await startEmulator({ tls: true });
  const client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
  const config = join(work, 'rclone.conf');
  await writeFile(config, '');
  const env = {
    PATH: process.env.PATH,
    HOME: work,
    HTTPS_PROXY: box.tls?.proxyUrl,
    RCLONE_CA_CERT: box.tls?.caCertificatePath,
    RCLONE_CONFIG: config,
    RCLONE_CONFIG_BOX_TYPE: 'box',
    RCLONE_CONFIG_BOX_ACCESS_TOKEN: box.token,
  };
  const tryRclone = (args: readonly string[], input = '') =>
    ended(spawn('rclone', ['--retries', '1', ...args], { env }), input);
  return {
    box,
    client,
    work,
    tryRclone,
    async rclone(...args) {
      const { code, stdout, stderr } = await tryRclone(args);
      assert.equal(code, 0, `rclone ${args.join(' ')}\n${stderr}`);
      return stdout;
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await box.close();
      await rm(work, { recursive: true, force: true });
    },
  };
}

async function ended(child: ChildProcessWithoutNullStreams, input: string): Promise<RcloneOutcome> {
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, stdout, stderr };
}
