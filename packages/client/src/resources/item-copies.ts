import type { BoxItem } from '../box-types.ts';
import type { Send } from '../request.ts';
import { answerOf, entity, pathOf } from './answers.ts';
import { type FieldsOptions, fieldsOf } from './call-options.ts';

/** Names an item; any of Box's own objects will do. */
export interface ItemReference<T extends BoxItem['type'] = BoxItem['type']> {
  readonly type: T;
  readonly id: string;
}

/** An item of this type. */
export type ItemOfType<T extends BoxItem['type']> = Extract<BoxItem, { readonly type: T }>;

/** Where a copy goes. */
export interface CopyTarget {
  readonly parentId: string;
  /** @default the name of what is copied */
  readonly name?: string | undefined;
}

/** The path of an item. */
export function itemPath({ type, id }: ItemReference): string {
  return pathOf(`/${type}s`, id);
}

/**
 * Copies an item; see `Files.copy`. It is not repeated when nobody can tell whether it was done: there might be
 * two copies then.
 */
export async function copyItem<T extends BoxItem>(
  send: Send,
  item: { readonly type: T['type']; readonly id: string },
  { parentId, name, version }: CopyTarget & { readonly version?: string | undefined },
  { fields, signal }: FieldsOptions,
): Promise<T> {
  return await answerOf<T>(
    send,
    {
      method: 'POST',
      path: `${itemPath(item)}/copy`,
      query: { fields: fieldsOf('item', fields) },
      json: { parent: { id: parentId }, name, version },
      signal,
    },
    entity<T>(item.type),
  );
}
