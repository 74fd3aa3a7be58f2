/** Where files come from, as typed: a path here, or an address of somewhere else. */
import { resolve } from 'node:path';
import {
  type OriginOptions,
  openOrigin,
  readAddress,
  type SourceAddress,
  SourceError,
} from '@boxhaul/migrate';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { printable } from '../output/width.ts';
import { namesOf, sourcesOf } from '../transfer/sources.ts';
import { type BoxSource, type FromOptions, openBoxSource, readBoxAddress } from './box-source.ts';

/** What reaching it takes, as typed. */
export interface SourceOptions extends FromOptions {
  readonly sshKey?: string;
  readonly acceptNewHostKey?: boolean;
  readonly s3Endpoint?: string;
  readonly s3Region?: string;
  /** False with --no-s3-path-style. */
  readonly s3PathStyle?: boolean;
}

/** What was opened; whoever has it closes the origin. */
export interface OpenedSource {
  readonly origin: Awaited<ReturnType<typeof openOrigin>> | BoxSource;
  /** Of files of this machine, where they are. */
  readonly diskPath?: string;
  /** `archive`, `sftp://ann@files.example.com/exports/`. */
  readonly words: string;
}

/**
 * Opens what is to be read.
 * @throws CliError it is not there, or cannot be reached
 */
export async function openSource(
  context: CommandContext,
  source: string,
  options: SourceOptions & { readonly verb: string },
): Promise<OpenedSource> {
  return await inWords(opened(context, source, options));
}

async function opened(
  context: CommandContext,
  source: string,
  options: SourceOptions & { readonly verb: string },
): Promise<OpenedSource> {
  const box = readBoxAddress(source);
  if (box) {
    return { origin: await openBoxSource(context, box, options), words: printable(source) };
  }
  const address = await absolute(readAddress(source), context, options.verb);
  if (address.kind === 'webdav') warnOfOpenPassword(address.url, context);
  const origin = await openOrigin(address, reaching(context, options), context.signal);
  const words = wordsFor(address, origin.identity);
  return { origin, words, ...(address.kind === 'disk' && { diskPath: address.path }) };
}

/** What stays on this machine nobody else reads. */
const HERE = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function warnOfOpenPassword(url: string, { env, output }: CommandContext): void {
  const { protocol, hostname, host } = new URL(url);
  if (protocol !== 'http:' || !env.BOXHAUL_DAV_PASSWORD || HERE.test(hostname)) return;
  output.warn(
    `${output.errorStyle.yellow('warning:')} dav:// sends the password to ${printable(host)} so that others on the way can read it (davs:// does not)`,
  );
}

/** A job that is gone on with from another folder finds the same files. */
async function absolute(
  address: SourceAddress,
  context: CommandContext,
  verb: string,
): Promise<SourceAddress> {
  if (address.kind === 'manifest') return { ...address, path: resolve(context.cwd, address.path) };
  if (address.kind !== 'disk') return address;
  const [path = address.path] = await sourcesOf(context, [address.path], { verb });
  return { ...address, path };
}

/** `archive`, `list.csv`, `sftp://ann@files.example.com/exports/`. */
function wordsFor(address: SourceAddress, [identity = '']: readonly string[]): string {
  const isHere = address.kind === 'disk' || address.kind === 'manifest';
  return isHere ? namesOf([address.path]) : printable(identity);
}

function reaching({ env, cwd }: CommandContext, options: SourceOptions): OriginOptions {
  const { sshKey, acceptNewHostKey, s3Endpoint, s3Region, s3PathStyle } = options;
  return {
    env,
    ...(env.HOME && { home: env.HOME }),
    ...(sshKey !== undefined && { sshKeyFile: resolve(cwd, sshKey) }),
    ...(acceptNewHostKey !== undefined && { acceptNewHostKey }),
    ...(s3Endpoint !== undefined && { s3Endpoint }),
    ...(s3Region !== undefined && { s3Region }),
    ...(s3PathStyle === false && { s3PathStyle }),
  };
}

/** @throws CliError what a person must put right about a source */
export async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { message, details, ways } = error;
    throw new CliError(message, { details, ways, cause: error });
  }
}
