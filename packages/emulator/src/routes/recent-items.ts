import type { FastifyInstance } from 'fastify';
import { accessOf } from '../access/access.ts';
import { requireWholeAccount } from '../access/whole-account.ts';
import type { Box } from '../box.ts';
import { limitOf, markerOf, writeMarker } from '../http/paging.ts';
import { representItem, shapeOf } from '../represent/item.ts';
import type { EventRow } from '../store/events.ts';
import { formatTime } from '../times.ts';
import { queryOf } from './item-routes.ts';

const keptSeconds = 90 * 24 * 3600;
const readAtOnce = 1000;

/** What a user did, in the words of events, and of recent items. */
const interactions: Readonly<Record<string, string>> = {
  ITEM_UPLOAD: 'item_upload',
  ITEM_MODIFY: 'item_modify',
  ITEM_MAKE_CURRENT_VERSION: 'item_modify',
  ITEM_DOWNLOAD: 'item_open',
  ITEM_PREVIEW: 'item_preview',
  COMMENT_CREATE: 'item_comment',
};

/** What the caller had to do with lately. https://developer.box.com/reference/get-recent-items/ */
export function recentItemRoutes(app: FastifyInstance, box: Box): void {
  const { events, items } = box.store;

  app.get('/recent_items', (request) => {
    requireWholeAccount(request.caller);
    const { view, userId } = accessOf(box, request);
    const query = queryOf(request);
    const limit = limitOf(query);
    const shape = shapeOf(query.fields, 'mini');
    const before = markerOf(query)?.id ?? Number.MAX_SAFE_INTEGER;
    events.flush();
    const entries: unknown[] = [];
    let last: EventRow | undefined;
    let isMore = false;
    for (const event of latestOfEach(box, userId)) {
      if (event.position >= before) continue;
      const item = items.get(event.item_id ?? -1);
      if (!item || view.trashedAt(item) !== null || !view.allows(item, 'see')) continue;
      isMore = entries.length === limit;
      if (isMore) break;
      last = event;
      entries.push({
        type: 'recent_item',
        item: representItem(item, shape, view),
        interaction_type: interactionOf(event),
        interacted_at: formatTime(event.created_at),
        interaction_shared_link: null,
      });
    }
    const nextMarker =
      isMore && last ? writeMarker({ kind: 0, folded: '', id: last.position }) : '';
    return {
      entries,
      limit,
      next_marker: nextMarker,
      order: { by: 'interacted_at', direction: 'DESC' },
    };
  });
}

/** What a user did to each item last, the latest first; read only as far as it is asked for. */
function* latestOfEach({ store }: Box, userId: number): Generator<EventRow> {
  const since = store.nowSeconds() - keptSeconds;
  const query = { userId, since, types: Object.keys(interactions) };
  const seen = new Set<number | null>();
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const events = store.events.doneBy(query, before, readAtOnce);
    for (const event of events) {
      if (!seen.has(event.item_id)) yield event;
      seen.add(event.item_id);
      before = event.position;
    }
    if (events.length < readAtOnce) return;
  }
}

function interactionOf({ user_type: type, admin_type: adminType }: EventRow): string | undefined {
  // A new version is an upload as well, in user streams.
  return adminType === 'EDIT' ? 'item_modify' : interactions[type ?? ''];
}
