/** What the rows of one run share. */
import type { BoxClient, BoxItem, BoxUser } from '@boxhaul/client';
import { openPlaces, type Places } from '../box-places.ts';
import type { CommandContext } from '../context.ts';
import type { Prompt } from '../login/prompt.ts';
import { listingsOf } from '../places/listings.ts';
import type { VerbContext } from './verb.ts';

/** What rows look at to know whether there is anything to do. */
const FIELDS = ['parent', 'etag', 'size', 'sha1', 'item_status'];

export function verbContext(
  client: BoxClient,
  { env }: Pick<CommandContext, 'env'>,
  { signal, prompt }: { readonly signal: AbortSignal; readonly prompt: Prompt },
): VerbContext {
  const opened = new Map<BoxItem['type'] | undefined, Places>();
  const places = (expect?: BoxItem['type']) => {
    const known = opened.get(expect);
    const options = { signal, fields: FIELDS, ...(expect && { expect }) };
    const found = known ?? openPlaces(client, options);
    opened.set(expect, found);
    return found;
  };
  const listings = listingsOf(client, { signal, fields: FIELDS });
  let user: Promise<BoxUser> | undefined;
  return {
    client,
    signal,
    item: (word) => places().one(word),
    file: (word) => places('file').one(word),
    folder: (word) => places('folder').one(word),
    children: (folderId) => listings.of(folderId),
    me() {
      user ??= client.users.me({ signal });
      return user;
    },
    env: (name) => env[name],
    prompt,
  };
}
