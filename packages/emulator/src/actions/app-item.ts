import { Access } from '../access/access.ts';
import type { Box, Caller } from '../box.ts';
import { sharedLinkUrl } from '../represent/shared-link.ts';
import type { ItemType } from '../store/rows.ts';

/** A thing of one of Box's apps, such as a hub, as people make it there. */
export interface NewAppItem {
  /** The app, in Box's word for it. @default 'hubs' */
  applicationType?: string | undefined;
  /** The items that belong to it. */
  items: readonly { readonly type: ItemType; readonly id: string }[];
}

/** What was made, and where it is found. */
export interface MadeAppItem {
  id: string;
  /** Its shared link, open to everybody. */
  url: string;
}

/**
 * Makes an app item.
 *
 * @throws BoxError 404 when there is no such item
 */
export function addAppItem(box: Box, caller: Caller, request: NewAppItem): MadeAppItem {
  const { store } = box;
  // What is made here is not shown, so no URL is needed.
  const access = new Access({ store, caller, downloadUrl: () => '' });
  return store.transaction(() => {
    const items = request.items.map(({ type, id }) => access.active(type, id));
    const id = store.items.takeIds(1 + items.length);
    const token = store.chance.hex(16);
    store.appItems.add({ id, application_type: request.applicationType ?? 'hubs', token });
    for (const [index, item] of items.entries()) {
      store.appItems.associate({ id: id + 1 + index, appItemId: id, itemId: item.id });
    }
    return { id: String(id), url: sharedLinkUrl(token) };
  });
}
