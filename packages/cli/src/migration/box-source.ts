/** Another Box account to migrate from: `box://old/Teams/A`, read with credentials of its own. */
import { boxDetails, boxOrigin, type DetailKind, type DetailsSource } from '@boxhaul/migrate';
import type { Origin } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import { type Connection, openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { openPlace } from '../places/box-place.ts';

/** Who reads the source, as typed. */
export interface FromOptions {
  /** An app's JSON config. */
  readonly fromConfig?: string;
  readonly fromAsUser?: string;
  readonly fromBaseUrl?: string;
}

/** Another Box, opened; whoever opened it closes it. */
export interface BoxSource extends Origin {
  readonly details: DetailsSource;
  /** How many calls it took so far. */
  calls(): number;
  close(): Promise<void>;
}

/** `box://<profile>/<path or id>`; no profile where other credentials are given. */
export interface BoxAddress {
  readonly profile?: string;
  /** A path from the root, or an id. */
  readonly place: string;
  /** What is in the folder, and not the folder under its own name. */
  readonly isContents: boolean;
}

/** @returns undefined if it is no address of a Box */
export function readBoxAddress(text: string): BoxAddress | undefined {
  const [, profile = '', rest = ''] = /^box:\/\/([^/]*)(.*)$/is.exec(text) ?? [];
  if (!/^box:\/\//i.test(text)) return undefined;
  const names = rest.split('/').filter((name) => name !== '');
  // Digits alone are an id, as everywhere; `box://old//2024` is a folder of that name.
  const isId = /^\/\d+\/?$/.test(rest);
  return {
    ...(profile !== '' && { profile }),
    place: isId ? String(names[0]) : `/${names.join('/')}`,
    isContents: rest.endsWith('/') || names.length === 0,
  };
}

/** @throws CliError nobody is named who could read it, or nothing is there */
export async function openBoxSource(
  context: CommandContext,
  address: BoxAddress,
  options: FromOptions & { readonly without?: readonly DetailKind[] },
): Promise<BoxSource> {
  const { signal } = context;
  const connection = await connectionFrom(context, address, options);
  try {
    const { client } = connection;
    const { item } = await openPlace(client, address.place, { signal });
    if (item.type === 'web_link') {
      throw new CliError(`${address.place} is a web link`, {
        ways: ['name the folder that it is in'],
      });
    }
    const { type, id } = item;
    const without = new Set(options.without ?? []);
    return {
      ...boxOrigin({
        client,
        places: [{ type, id, isContents: address.isContents && type === 'folder' }],
        account: [connection.account, options.fromAsUser ?? ''].join(' '),
        withoutVersions: without.has('versions'),
      }),
      details: boxDetails({ client, without }),
      calls: () => client.counts().calls,
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** The environment and the usual options say who writes to the target: none of that counts here. */
async function connectionFrom(
  context: CommandContext,
  { profile }: BoxAddress,
  { fromConfig: config, fromAsUser: asUser, fromBaseUrl: baseUrl }: FromOptions,
): Promise<Connection> {
  const token = context.env.BOXHAUL_FROM_TOKEN;
  if (profile !== undefined && config !== undefined) {
    throw new CliError(`box://${profile}/ and --from-config name different accounts`, {
      ways: [`boxhaul migrate box:///… --from-config ${config}`],
    });
  }
  if (profile === undefined && config === undefined && !token) throw nobodyReads();
  const { BOX_CONFIG_PATH: _, BOX_DEVELOPER_TOKEN: __, BOX_BASE_URL: ___, ...env } = context.env;
  const { timeout, retries, insecureConfig } = context.options;
  return await openConnection({
    ...context,
    env,
    options: {
      ...(profile !== undefined && { profile }),
      ...(config !== undefined && { config }),
      ...(profile === undefined && config === undefined && token && { token }),
      ...(asUser !== undefined && { asUser }),
      ...(baseUrl !== undefined && { baseUrl }),
      ...(timeout !== undefined && { timeout }),
      ...(retries !== undefined && { retries }),
      ...(insecureConfig !== undefined && { insecureConfig }),
    },
  });
}

function nobodyReads(): CliError {
  return new CliError('it is not said who reads the Box to migrate from', {
    ways: [
      'boxhaul login --profile old, then: boxhaul migrate box://old/Teams/A …',
      'boxhaul migrate box:///Teams/A --from-config old.json …    a JWT or client-credentials app',
      'export BOXHAUL_FROM_TOKEN=…                                 a developer token, for an hour',
    ],
    exitCode: ExitCode.notAuthorised,
  });
}
