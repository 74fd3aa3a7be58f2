import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type Emulator,
  type EmulatorOptions,
  type FaultRule,
  readAppRegistration,
  readFaultRule,
  startEmulator,
} from '@boxhaul/emulator';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { replacePrivateFile } from '../files/private-file.ts';
import { printable } from '../output/width.ts';
import { emulatorNotes } from './emulator-notes.ts';

/** What `boxhaul emulator` takes, checked and in the emulator's units. */
export interface EmulatorCommandOptions {
  readonly port: number;
  readonly host: string;
  /** A folder; absent: everything is in memory. */
  readonly data?: string;
  readonly token?: readonly string[];
  /** A file with the registration of an app. */
  readonly app?: string;
  readonly limits: 'none' | 'box';
  /** Milliseconds. */
  readonly latency?: number;
  /** Bytes a second. */
  readonly bandwidth?: number;
  /** A file with a list of fault rules. */
  readonly faults?: string;
  readonly seed?: number;
  readonly tls?: boolean;
}

/** What is running, as it is told to people and (`type: "listening"`) to programs. */
export interface RunningEmulator {
  emulator: Emulator;
  dataDir: string | undefined;
  /** The config file of the app that was made; absent with `--app`. */
  appConfigPath: string | undefined;
}

/** `boxhaul emulator`: a Box on this machine until Ctrl-C, which is its ordinary end. */
export async function runEmulator(
  context: CommandContext,
  options: EmulatorCommandOptions,
): Promise<ExitCode> {
  const dataDir = options.data === undefined ? undefined : resolve(context.cwd, options.data);
  const emulator = await started(await emulatorOptions(context, options, dataDir));
  await using temporary = new AsyncDisposableStack();
  temporary.defer(() => emulator.close());
  const running = { emulator, dataDir, appConfigPath: undefined };
  announce(
    context,
    options.app === undefined
      ? { ...running, appConfigPath: await writeAppConfig(emulator, dataDir, temporary) }
      : running,
  );
  await aborted(context.signal);
  await temporary.disposeAsync();
  context.output.event('closed', {});
  context.output.say('\nended');
  return ExitCode.done;
}

/** The app that was made, for clients that sign in as one. Without a data folder it goes when the emulator does. */
async function writeAppConfig(
  emulator: Emulator,
  dataDir: string | undefined,
  temporary: AsyncDisposableStack,
): Promise<string> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'boxhaul-emulator-')));
  if (dataDir === undefined) {
    temporary.defer(() => rm(folder, { recursive: true, force: true }));
  }
  const path = join(folder, 'app-config.json');
  await replacePrivateFile(path, `${JSON.stringify(await emulator.appConfig(), null, 2)}\n`);
  return path;
}

function announce({ output }: CommandContext, running: RunningEmulator): void {
  const { emulator } = running;
  output.event('listening', {
    url: emulator.url,
    token: emulator.token,
    enterpriseId: emulator.enterpriseId,
    adminUserId: emulator.adminUserId,
    serviceAccountUserId: emulator.serviceAccountUserId,
    dataDir: running.dataDir ?? null,
    appConfigPath: running.appConfigPath ?? null,
    proxyUrl: emulator.tls?.proxyUrl ?? null,
    caCertificatePath: emulator.tls?.caCertificatePath ?? null,
  });
  for (const line of emulatorNotes(running, output.style)) output.say(line);
}

async function emulatorOptions(
  { cwd }: CommandContext,
  options: EmulatorCommandOptions,
  dataDir: string | undefined,
): Promise<EmulatorOptions> {
  return {
    port: options.port,
    host: options.host,
    tokens: options.token ?? [],
    limits: options.limits,
    tls: options.tls === true,
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(options.app === undefined
      ? {}
      : { app: await fromJsonFile(cwd, '--app', options.app, readAppRegistration) }),
    ...(options.faults === undefined
      ? {}
      : { faults: await fromJsonFile(cwd, '--faults', options.faults, readFaultRules) }),
    ...(options.latency === undefined ? {} : { latencyMs: options.latency }),
    ...(options.bandwidth === undefined ? {} : { bandwidthBytesPerSecond: options.bandwidth }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  };
}

function readFaultRules(json: unknown): FaultRule[] {
  if (!Array.isArray(json)) throw new TypeError('a list of fault rules is expected: [ … ]');
  return json.map((rule: unknown, index) => {
    try {
      return readFaultRule(rule);
    } catch (error) {
      throw new TypeError(`rule ${index + 1}: ${(error as Error).message}`, { cause: error });
    }
  });
}

/** Reads what an option's file holds; whatever is wrong with it names the option and the file. */
async function fromJsonFile<T>(
  cwd: string,
  option: '--app' | '--faults',
  file: string,
  read: (json: unknown) => T,
): Promise<T> {
  try {
    return read(JSON.parse(await readFile(resolve(cwd, file), 'utf8')));
  } catch (error) {
    throw new CliError(`${option} ${file}: ${reasonOf(error as NodeJS.ErrnoException)}`, {
      details: [`a file for ${option} holds: ${example[option]}`],
      cause: error,
    });
  }
}

const example = {
  '--app':
    '{"clientID":"…","clientSecret":"…","enterpriseID":"123","enterpriseName":"…","publicKeys":[{"id":"…","pem":"…"}]}',
  '--faults':
    '[{"match":{"method":"POST","path":"/files/content"},"action":{"cut":"in"},"times":2}]',
};

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'there is no such file';
  if (error.code === 'EISDIR') return 'this is a folder';
  if (error instanceof SyntaxError) return `this is not JSON (${error.message})`;
  return error.message;
}

async function started(options: EmulatorOptions): Promise<Emulator> {
  try {
    return await startEmulator(options);
  } catch (error) {
    throw cannotStart(error as NodeJS.ErrnoException, options);
  }
}

function cannotStart(
  error: NodeJS.ErrnoException,
  { port, host, dataDir }: EmulatorOptions,
): unknown {
  if (dataDir !== undefined && error.syscall === 'mkdir') {
    return new CliError(`${printable(dataDir)} cannot be the folder for --data`, {
      details: [error.message],
      ways: ['--data <folder>    one that is there, or can be made'],
      cause: error,
    });
  }
  const address = `${host}:${port}`;
  switch (error.code) {
    case 'EADDRINUSE':
      return new CliError(`port ${port} on ${host} is taken: another program listens there`, {
        ways: [
          'boxhaul emulator --port 0    takes a free port',
          `or end what holds it: is another emulator running?`,
        ],
        exitCode: ExitCode.failed,
        cause: error,
      });
    case 'EACCES':
      return new CliError(`${address} is not for this user to listen on`, {
        ways: ['take a port from 1024 on: --port 4010'],
        exitCode: ExitCode.failed,
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new CliError(`${host} is not an address of this machine`, {
        ways: [
          '--host 127.0.0.1    for this machine alone',
          '--host 0.0.0.0      for others as well',
        ],
        cause: error,
      });
    default:
      return error;
  }
}

/** Settles when the signal fires: Ctrl-C, SIGTERM. */
function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolved) => {
    signal.addEventListener('abort', () => resolved(), { once: true });
  });
}
