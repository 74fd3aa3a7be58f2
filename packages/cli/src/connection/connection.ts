/** From credentials to a client that is ready to talk to Box. */
import { BoxClient, type ExchangeRecord } from '@boxhaul/client';
import { type Governor, openGovernor, type TransferState } from '@boxhaul/transfer';
import type { CommandContext } from '../context.ts';
import { tellingWaits } from '../output/waits.ts';
import { spareMemory } from '../spare-memory.ts';
import { openUserState } from '../state.ts';
import { version } from '../version.ts';
import { accessWith } from './access.ts';
import { type Credentials, findCredentials } from './credentials.ts';

/** A client and what it stands on. */
export interface Connection {
  readonly client: BoxClient;
  readonly kind: Credentials['kind'];
  /** The one address that every call goes to; undefined for Box itself. */
  readonly baseUrl: string | undefined;
  /** Whose Box it is, in words that stay the same from run to run; no secrets. */
  readonly account: string;
  /** What this user's commands remember between them. */
  readonly state: TransferState;
  /** Lets calls go within Box's limits, which all of this user's commands share. */
  readonly governor: Governor;
  /** Whose credentials these are, in words, without secrets: `the profile work`. */
  describe(): string;
  /** Lets go of the client, and of the built-in Box with --local. Harmless when repeated. */
  close(): Promise<void>;
}

/**
 * Opens the connection that `context.options` and the environment ask for. No call is made to Box.
 *
 * @throws CliError when there are no credentials, or the file that holds them is wrong or can be read
 * by others.
 * @throws {InputError} when a config or a key in it is not what Box gives out.
 */
export async function openConnection(context: CommandContext): Promise<Connection> {
  spareMemory();
  const credentials = await findCredentials(context);
  const access = await accessWith(credentials, context);
  const state = await openUserState(context);
  // The port of the Box on this machine is another each time.
  const baseUrl = credentials.kind === 'local' ? undefined : access.baseUrl;
  const account = [access.words, baseUrl ?? ''].join(' ');
  const { maxCalls } = context.options;
  const onWait = tellingWaits(context);
  const governor = openGovernor({ state, account, maxCalls, onWait });
  const client = new BoxClient({
    auth: access.auth,
    pacer: governor,
    ...(access.baseUrl !== undefined && { baseUrl: access.baseUrl }),
    env: context.env,
    ...patience(context.options),
    userAgent: `boxhaul-cli/${version()}`,
    onExchange: (record) => traceExchange(context, record),
    onWait,
  });
  const { asUser } = context.options;
  context.log.info({ credentials: access.words, baseUrl: access.baseUrl, asUser }, 'connection');
  return {
    client: asUser === undefined ? client : client.asUser(asUser),
    kind: credentials.kind,
    baseUrl: access.baseUrl,
    account,
    state,
    governor,
    describe: () => access.words,
    close: async () => {
      await client.close();
      governor.close();
      // A database that is left open is not written anew for each command.
      if (context.endsProcess && state.isLasting) state.flush();
      else state.close();
      await access.close?.();
    },
  };
}

/** --timeout and --retries, in the client's words; what was not given is the client's to choose. */
function patience({ timeout, retries }: CommandContext['options']) {
  return {
    ...(timeout !== undefined && {
      timeouts: { connectMs: timeout, headersMs: timeout, bodyIdleMs: timeout },
    }),
    ...(retries !== undefined && { maxRetries: retries }),
  };
}

/** --debug and --log-file: every exchange with Box. Records hold no secrets. */
function traceExchange({ output, log }: CommandContext, record: ExchangeRecord): void {
  log.info({ ...record }, 'exchange');
  if (!output.debug) return;
  const { method, host, path, status, errorCode, durationMs, requestId } = record;
  const answer = [status ?? errorCode, `${Math.round(durationMs)} ms`, requestId];
  output.warn(
    output.errorStyle.dim(`${method} ${host} ${path}  ${answer.filter(Boolean).join('  ')}`),
  );
}
