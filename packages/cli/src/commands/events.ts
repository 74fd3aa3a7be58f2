import { BoxhaulError, type FollowedEvent } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { type Connection, openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { eventLine } from '../output/event-line.ts';
import { allWritten, room } from '../output/room.ts';
import { printable } from '../output/width.ts';

type Stream = 'all' | 'changes' | 'sync' | 'admin_logs' | 'admin_logs_streaming';

export interface EventsCommandOptions {
  readonly stream?: Stream;
  /** The enterprise's, in whichever of its streams fits. */
  readonly enterprise?: boolean;
  readonly follow?: boolean;
  /** Where to begin instead of where the reader stopped. */
  readonly since?: Date | 'now';
  /** Under which name the position is kept. */
  readonly reader?: string;
  readonly type?: readonly string[];
  /** How often to look at what cannot be waited for, in milliseconds. */
  readonly every?: number;
}

/** `boxhaul events`: what happened in Box, and with --follow what happens. */
export async function runEvents(
  context: CommandContext,
  options: EventsCommandOptions,
): Promise<ExitCode> {
  const stream = streamOf(options);
  if (options.reader?.trim() === '') {
    throw new CliError('--reader is given no name', {
      ways: ['--reader indexer    and another name for each that reads for itself'],
    });
  }
  const connection = await openConnection(context);
  try {
    const bookmark = bookmarkOf(context, connection, stream, options);
    const start = await startOf(bookmark, options, { context, connection, stream });
    const { output, stdout, signal } = context;
    const { since, type: types } = options;
    for await (const { event, position } of eventsFrom(start, options, {
      connection,
      stream,
      signal,
    })) {
      const isOld = since instanceof Date && Date.parse(event.created_at ?? '') < since.getTime();
      if (!isOld && (types === undefined || types.includes(event.event_type))) {
        output.event('event', { stream, position, event });
        output.print(eventLine(output, event));
        await room(stdout, signal);
      }
      await bookmark?.reached(position);
    }
    return ExitCode.done;
  } catch (error) {
    if (!(error instanceof BoxhaulError) || error.code !== 'events_out_of_date') throw error;
    throw new CliError('Box no longer has the events since this was last read: some are missed', {
      ways: [
        'look at everything once, by whatever the events are read for',
        'boxhaul events … --since now    goes on from now',
      ],
      exitCode: ExitCode.failed,
      cause: error,
    });
  } finally {
    await connection.close();
  }
}

function streamOf({ stream, enterprise, follow = false }: EventsCommandOptions): Stream {
  if (stream !== undefined && enterprise) {
    throw new CliError('--stream and --enterprise both name a stream', {
      ways: ['give one of them'],
    });
  }
  if (follow && stream === 'admin_logs') {
    throw new CliError('admin_logs cannot be followed: it is complete, and some minutes late', {
      ways: ['--stream admin_logs_streaming --follow', '--enterprise --follow    is the same'],
    });
  }
  if (!enterprise) return stream ?? 'all';
  return follow ? 'admin_logs_streaming' : 'admin_logs';
}

/** Where a reader stopped, and goes on. */
interface Bookmark {
  readonly found: { readonly position: string; readonly keptAt: Date } | undefined;
  /** Keeps the position, once all that was told so far has left this process. */
  reached(position: string): Promise<void>;
}

/** Who follows keeps the position; who only looks does so under a name. */
function bookmarkOf(
  { options: { asUser }, stdout }: CommandContext,
  { state: { eventPositions }, account }: Connection,
  stream: Stream,
  { follow, reader }: EventsCommandOptions,
): Bookmark | undefined {
  if (!follow && reader === undefined) return undefined;
  const whose = asUser === undefined ? account : `${account} as ${asUser}`;
  const who = { account: whose, stream, reader: reader ?? 'default' };
  let last: string | undefined;
  return {
    found: eventPositions.find(who),
    async reached(position) {
      if (position === last) return;
      await allWritten(stdout);
      eventPositions.keep(who, position);
      last = position;
    },
  };
}

interface Reading {
  readonly connection: Connection;
  readonly stream: Stream;
}

/** The position to begin at. One that is only found out now is kept at once, so that no crash loses what comes. */
async function startOf(
  bookmark: Bookmark | undefined,
  { since, follow, reader }: EventsCommandOptions,
  { context, connection, stream }: Reading & { readonly context: CommandContext },
): Promise<string> {
  const { output, signal } = context;
  const { found } = bookmark ?? {};
  if (since === undefined && found) {
    if (output.people.isTTY) {
      const name = printable(reader ?? 'default');
      output.warn(
        `on from where ${name} stopped, ${found.keptAt.toISOString()} (--since now: only what comes)`,
      );
    }
    return found.position;
  }
  if (since instanceof Date || (since === undefined && !follow)) return '0';
  const { client } = connection;
  const page = await client.events.list({ stream, position: 'now', limit: 1, signal });
  const position = String(page.next_stream_position);
  await bookmark?.reached(position);
  return position;
}

function eventsFrom(
  position: string,
  { follow, since, type: types, every }: EventsCommandOptions,
  { connection: { client }, stream, signal }: Reading & { readonly signal: AbortSignal },
): AsyncGenerator<FollowedEvent, void, void> {
  const isOfUser = stream !== 'admin_logs' && stream !== 'admin_logs_streaming';
  const asked = { position, signal, ...(types && !isOfUser && { eventTypes: types }) };
  if (follow && stream !== 'admin_logs') {
    return client.events.follow({
      ...asked,
      stream,
      ...(every !== undefined && { everyMs: every }),
    });
  }
  return client.events.history({
    ...asked,
    stream,
    ...(since instanceof Date && stream === 'admin_logs' && { createdAfter: since }),
  });
}
