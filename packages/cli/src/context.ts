import type { Readable, Writable } from 'node:stream';
import type { TransferReport } from '@boxhaul/transfer';
import type { CliError } from './cli-error.ts';
import type { EnvFile } from './environment.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Log } from './log.ts';
import type { ScheduleOptions } from './options/schedule-options.ts';
import type { Output } from './output/output.ts';

/** A stream that may be a terminal, as `process.stdout` is. */
export type OutputStream = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** Standard input; a terminal when a person can be asked. */
type InputStream = Readable & { readonly isTTY?: boolean };

/** Options that every command takes. */
export interface GlobalOptions {
  /** One event a line on stdout; everything for people goes to stderr. */
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  /** Stacks of errors and every call to Box on stderr; implies verbose. */
  readonly debug?: boolean;
  /** False with --no-color. */
  readonly color?: boolean;
  readonly logFile?: string;
  /** In bytes. */
  readonly logMaxSize?: number;
  /** How many full log files are kept. */
  readonly logKeep?: number;
}

/** Options of every command that talks to Box; `connection.ts` says in which order they count. */
export interface ConnectionOptions {
  readonly local?: boolean;
  readonly config?: string;
  readonly token?: string;
  readonly profile?: string;
  readonly baseUrl?: string;
  readonly asUser?: string;
  /** In milliseconds: how long a connection may be silent. */
  readonly timeout?: number;
  /** How often a call that failed is made again. */
  readonly retries?: number;
  readonly insecureConfig?: boolean;
  /** How many calls the command may make at most. */
  readonly maxCalls?: number;
}

/** Options of commands that move files, about who watches them. */
interface WatchingOptions {
  /** Prometheus reads here how far it is; 0 for any port that is free. */
  readonly metricsPort?: number;
  readonly metricsHost?: string;
}

/** Whoever runs a command again and again wants to know what each run came to. */
interface Witness {
  /** What a transfer came to. */
  report(report: TransferReport): void;
  /** What a command ended with, after it was said. */
  error(error: CliError): void;
}

/** Where a command meets the world. Tests hand in their own. */
export interface Surroundings {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Fires at the first Ctrl-C, at SIGTERM, and when the reader of stdout has gone away. */
  readonly signal: AbortSignal;
  /** Fires after `signal`: at the second Ctrl-C, and when nobody is left to see the end. */
  readonly stopNow: AbortSignal;
  /** Absent for a command that was typed. */
  readonly witness?: Witness;
  /** The process ends with this command, and lets go of whatever is open. */
  readonly endsProcess?: boolean;
}

/** What each command's code is handed, beside its own arguments and options. */
export interface CommandContext extends Surroundings {
  /** What `env` has from a .env file in the current folder. */
  readonly envFile: EnvFile | undefined;
  readonly options: GlobalOptions & ConnectionOptions & WatchingOptions & ScheduleOptions;
  readonly output: Output;
  /** Writes to --log-file, or nowhere. */
  readonly log: Log;
  /** What was typed behind `boxhaul`. */
  readonly argv: readonly string[];
  /** Runs another command line in the place of this one. */
  runInstead(argv: readonly string[], cwd: string, witness?: Witness): Promise<ExitCode>;
}
