import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { isAdminStream, keptSince, streamTypeOf, userEvents } from '../event-streams.ts';
import { userOfChannel } from '../realtime/channel.ts';
import { WaitingRoom } from '../realtime/waiting-room.ts';
import { positionOf } from './events.ts';
import { queryOf } from './item-routes.ts';

/** The realtime server of long polling: https://developer.box.com/guides/events/user-events/polling/ */
export function subscribeRoutes(app: FastifyInstance, box: Box): void {
  const { store, options } = box;
  const room = new WaitingRoom(store);
  app.addHook('preClose', async () => room.close());

  app.get('/subscribe', async (request, reply) => {
    const query = queryOf(request);
    const userId = userOfChannel(store, query.channel);
    const type = streamTypeOf(query.stream_type);
    if (userId === undefined || isAdminStream(type)) throw new BoxError('not_found');
    const newest = store.events.newest();
    const asked = positionOf(query.stream_position, newest);
    const after = asked === 'now' ? newest : asked;
    // The server closes after each answer.
    reply.header('connection', 'close');
    if (store.events.hasForgotten(userId, after, keptSince(type, store))) {
      return { version: 1, message: 'out_of_date' };
    }
    // Looks at each event once, however long nothing of the user's happens.
    let from = after;
    const isNews = () => {
      const seen = store.events.newest();
      if (userEvents(store, userId, type, from, 1).length > 0) return true;
      from = seen;
      return false;
    };
    const end = await room.wait(isNews, options.longPollMs, whenGone(request));
    return { version: 1, message: end === 'news' ? 'new_change' : 'reconnect' };
  });
}

/** Fires when the client has gone. */
function whenGone({ raw }: FastifyRequest): AbortSignal {
  const gone = new AbortController();
  raw.socket.once('close', () => gone.abort());
  return gone.signal;
}
