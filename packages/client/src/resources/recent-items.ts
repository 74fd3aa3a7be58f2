import type { BoxRecentItem } from '../activity-types.ts';
import type { Send } from '../request.ts';
import { fieldsOf, type ListOptions } from './call-options.ts';
import { markerList } from './lists.ts';

/** What the user had to do with lately. */
export class RecentItems {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * What the user opened, changed, uploaded or commented on within 90 days, newest first, page after page.
   *
   * @param options `fields` are those of the items
   * @throws {BoxApiError} Box refused, at the first step of the loop
   * @see https://developer.box.com/reference/get-recent-items/
   * @example
   * ```ts
   * for await (const { item, interaction_type, interacted_at } of client.recentItems.list()) {
   *   console.log(interacted_at, interaction_type, item.name);
   * }
   * ```
   */
  list({ fields, ...options }: ListOptions = {}): AsyncIterable<BoxRecentItem> {
    const query = { fields: fieldsOf('item', fields) };
    return markerList(this.#send, '/recent_items', query, options);
  }
}
