import type { BoxItem } from '../box-types.ts';
import { markerPages } from '../paging.ts';
import type { Send } from '../request.ts';
import { answerOf, page } from './answers.ts';
import { fieldsOf } from './call-options.ts';
import type { ListOptions } from './folders.ts';

/** What was deleted and is not gone yet. */
export class Trash {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Everything in the trash, page after page. What lies in a trashed folder is not listed itself.
   *
   * @see https://developer.box.com/reference/get-folders-trash-items/
   */
  items({ fields, pageSize = 1000, signal }: ListOptions = {}): AsyncIterable<BoxItem> {
    return markerPages<BoxItem>((marker) =>
      answerOf(
        this.#send,
        {
          method: 'GET',
          path: '/folders/trash/items',
          query: { usemarker: true, marker, limit: pageSize, fields: fieldsOf('item', fields) },
          signal,
        },
        page<BoxItem>,
      ),
    );
  }
}
