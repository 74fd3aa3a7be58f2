/** Folders and the trash as both ways of paging show them. */
import { isDeepStrictEqual } from 'node:util';
import { Finding, type Person } from './exchange.ts';
import type { World } from './world.ts';

/** An entry of a list. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks at any member of Box's JSON
export type Entry = any;

/**
 * Reads a list to its end by offset and by marker.
 *
 * @param path with what is in the query, such as `/folders/0/items?fields=name`
 * @throws Finding when they differ, or the count is not that of the entries
 */
export async function listBothWays(world: World, who: Person, path: string): Promise<Entry[]> {
  const byOffset = await listByOffset(world, who, path);
  const byMarker = await listByMarker(world, who, path);
  if (!isDeepStrictEqual(byOffset, byMarker)) {
    const [one, other] = [byOffset, byMarker].map((list) => JSON.stringify(list));
    throw new Finding(`${who.name} finds in ${path} by offset ${one}, but by marker ${other}`);
  }
  return byOffset;
}

async function listByOffset(world: World, who: Person, path: string): Promise<Entry[]> {
  const found: Entry[] = [];
  for (;;) {
    const page = await readPage(world, who, `${path}&limit=7&offset=${found.length}`);
    found.push(...page.entries);
    if (page.entries.length > 0 && found.length < page.total_count) continue;
    if (found.length === page.total_count) return found;
    throw new Finding(
      `${path} has ${found.length} entries and a total_count of ${page.total_count}`,
    );
  }
}

async function listByMarker(world: World, who: Person, path: string): Promise<Entry[]> {
  const found: Entry[] = [];
  for (let marker: string | null = ''; marker !== null; ) {
    const query = `&usemarker=true&limit=4${marker && `&marker=${encodeURIComponent(marker)}`}`;
    const page: Entry = await readPage(world, who, path + query);
    found.push(...page.entries);
    marker = page.next_marker;
    if (found.length > 100_000) throw new Finding(`the markers of ${path} lead in a circle`);
  }
  return found;
}

async function readPage(world: World, who: Person, path: string): Promise<Entry> {
  const { status, json } = await world.call(who, 'GET', path);
  world.told.pop();
  if (status !== 200) throw new Finding(`${who.name} GET ${path}: ${status} ${json?.code ?? ''}`);
  return json;
}
