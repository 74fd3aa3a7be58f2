import type { Details } from '../details.ts';
import type { Carriage } from './carry-details.ts';

/** Description and tags, in one call; doing it again changes nothing. Web links have no tags. */
export async function carryWords(
  { description, tags = [] }: Details,
  { item, context, outcome }: Carriage,
): Promise<void> {
  const { client, signal, expect } = context;
  const isLink = item.type === 'web_link';
  if (isLink && tags.length > 0) {
    outcome.lacks('tags', 'not-for-web-links', `${tags.join(', ')}: web links have no tags`);
  }
  const wish = {
    ...(description ? { description } : {}),
    ...(tags.length > 0 && !isLink && { tags }),
  };
  const names = Object.keys(wish);
  if (names.length === 0) return;
  expect(1);
  const { id } = item;
  const options = { fields: ['description', 'tags'], signal };
  await outcome.attempt(names.join(' and '), 'words about it', context, async () => {
    if (item.type === 'file') await client.files.update(id, wish, options);
    else if (item.type === 'folder') await client.folders.update(id, wish, options);
    else await client.webLinks.update(id, { description }, { signal });
    for (const name of names) outcome.did(name);
  });
}
