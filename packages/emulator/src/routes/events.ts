import type { FastifyInstance } from 'fastify';
import { accessOf } from '../access/access.ts';
import { requireWholeAccount } from '../access/whole-account.ts';
import type { Box } from '../box.ts';
import {
  adminEvents,
  isAdminStream,
  requireAdmin,
  streamTypeOf,
  userEvents,
} from '../event-streams.ts';
import { limitOf, type Query } from '../http/paging.ts';
import { invalid } from '../http/request-body.ts';
import { channelFor } from '../realtime/channel.ts';
import { representAdminEvent, representUserEvent, type StreamType } from '../represent/event.ts';
import type { AdminFilter } from '../store/events.ts';
import { parseTime } from '../times.ts';
import { queryOf } from './item-routes.ts';

const mostEvents = 500;

/** https://developer.box.com/reference/resources/event/ */
export function eventRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;

  app.get('/events', (request) => {
    const { caller } = request;
    const { view, userId } = accessOf(box, request);
    const query = queryOf(request);
    const type = streamTypeOf(query.stream_type);
    const isAdmin = isAdminStream(type);
    if (isAdmin) requireAdmin(caller, store);
    else requireWholeAccount(caller);
    store.events.flush();
    // Before the events are looked up: what comes in between is behind it.
    const newest = store.events.newest();
    const position = positionOf(query.stream_position, newest);
    const limit = position === 'now' ? 0 : Math.min(limitOf(query), mostEvents);
    const after = position === 'now' ? newest : position;
    const rows = isAdmin
      ? adminEvents(store, Number(caller.enterpriseId), type, after, filterOf(query, type), limit)
      : userEvents(store, userId, type, after, limit);
    // Never 0: some clients take that for a broken answer.
    const next = rows.at(-1)?.position ?? (after === 0 ? newest : after);
    return {
      chunk_size: rows.length,
      next_stream_position: isAdmin ? String(next) : next,
      entries: rows.map((row) =>
        isAdmin ? representAdminEvent(row, view) : representUserEvent(row, query.fields, view),
      ),
    };
  });

  app.options('/events', (request) => {
    requireWholeAccount(request.caller);
    const type = streamTypeOf(queryOf(request).stream_type);
    if (isAdminStream(type)) throw invalid('stream_type', type, 'must be the one of a user stream');
    const base = box.urlsFor(request).api.replace(/\/2\.0$/, '');
    const channel = channelFor(store, request.caller.userId);
    return {
      chunk_size: 1,
      entries: [
        {
          type: 'realtime_server',
          url: `${base}/subscribe?channel=${channel}&stream_type=${type}`,
          ttl: '10',
          max_retries: '10',
          retry_timeout: 610,
        },
      ],
    };
  });
}

/** Where to read on. One that was never given is as good as the newest. */
export function positionOf(value: unknown, newest: number): number | 'now' {
  if (value === undefined || value === '') return 0;
  if (value === 'now') return 'now';
  if (typeof value === 'string' && /^\d+$/.test(value)) return Math.min(Number(value), newest);
  throw invalid('stream_position', value, "must be a position, 0 or 'now'");
}

function filterOf(query: Query, type: StreamType): AdminFilter {
  const { event_type: types } = query;
  const from = parseTime(query.created_after, 'created_after') ?? 0;
  const to = parseTime(query.created_before, 'created_before') ?? Number.MAX_SAFE_INTEGER;
  return {
    types: typeof types === 'string' && types !== '' ? types.split(',') : undefined,
    ...(type === 'admin_logs' ? { from, to } : { from: 0, to: Number.MAX_SAFE_INTEGER }),
  };
}
