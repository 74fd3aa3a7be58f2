/** Whether the whole of the emulator is as the reference has it. */
import { isDeepStrictEqual } from 'node:util';
import { checkDatabase } from './database-check.ts';
import { type Answer, Finding } from './exchange.ts';
import { type Entry, listBothWays } from './listing.ts';
import type { Play } from './play.ts';
import type { Item } from './reference.ts';
import { requireSha1 } from './world.ts';

const PEOPLE = [0, 1, 2, 3];

/** @throws Finding that names the first difference */
export async function checkAgreement(play: Play): Promise<void> {
  for (const who of PEOPLE) {
    await checkRoot(play, who);
    await checkSpace(play, who);
    await checkStream(play, who);
  }
  for (const item of play.tree.items.values()) await checkItem(play, item);
  if (play.world.dataDir !== undefined) checkDatabase(play.world.dataDir);
}

async function checkRoot(play: Play, who: number): Promise<void> {
  const person = play.person(who);
  const root = await listBothWays(
    play.world,
    person,
    '/folders/0/items?fields=name,path_collection',
  );
  const expected = play.tree.root(who);
  same(`the root folder of ${person.name}`, root.map(short), expected.map(short));
  for (const [index, item] of expected.entries()) await checkSeen(play, who, item, root[index]);
  const trash = await listBothWays(play.world, person, '/folders/trash/items?fields=name');
  same(`the trash of ${person.name}`, trash.map(short), play.tree.trash(who).map(short));
}

/** What someone sees from the root folder down. */
async function checkSeen(play: Play, who: number, item: Item, entry: Entry): Promise<void> {
  const path = entry.path_collection?.entries.map(({ id }: { id: string }) => id);
  same(`the path of ${item.id} for ${play.person(who).name}`, path, play.tree.shownPath(who, item));
  if (item.type !== 'folder') return;
  const url = `/folders/${item.id}/items?fields=name,path_collection`;
  const entries = await listBothWays(play.world, play.person(who), url);
  const expected = play.tree.children(item.id, item.owner);
  same(`folder ${item.id} for ${play.person(who).name}`, entries.map(short), expected.map(short));
  for (const [index, child] of expected.entries())
    await checkSeen(play, who, child, entries[index]);
}

const short = ({ type, id, name }: { type: string; id: string; name: string }) =>
  `${type} ${id} ${name}`;

async function checkSpace(play: Play, who: number): Promise<void> {
  const { json } = await quietly(play, who, '/users/me?fields=space_used');
  same(`the space used by ${play.person(who).name}`, json.space_used, play.tree.spaceUsed(who));
}

/** What the reference tells of; other types come in between. */
const KNOWN = new Set(
  `ITEM_CREATE ITEM_UPLOAD ITEM_MODIFY ITEM_RENAME ITEM_MOVE ITEM_COPY ITEM_TRASH ITEM_UNDELETE_VIA_TRASH
  ITEM_MAKE_CURRENT_VERSION LOCK_CREATE LOCK_DESTROY ITEM_SHARED_CREATE ITEM_SHARED_UNSHARE COMMENT_CREATE
  COMMENT_DELETE`.split(/\s+/),
);

async function checkStream(play: Play, who: number): Promise<void> {
  const found: string[] = [];
  for (let position = 0; ; ) {
    const { json } = await quietly(play, who, `/events?stream_position=${position}&limit=37`);
    for (const event of json.entries) {
      if (KNOWN.has(event.event_type))
        found.push(`${event.event_type} ${event.source?.id ?? 'null'}`);
    }
    if (json.chunk_size === 0) break;
    position = json.next_stream_position;
  }
  const expected = play.tree.streams[who] ?? [];
  const from = found.findIndex((event, index) => event !== expected[index]);
  const at = from === -1 ? Math.min(found.length, expected.length) : from;
  same(
    `event ${at} of ${play.person(who).name}`,
    found.slice(at, at + 3),
    expected.slice(at, at + 3),
  );
}

const FIELDS =
  'fields=name,etag,sequence_id,description,owned_by,item_status,size,sha1,file_version,path_collection,parent,lock,shared_link,comment_count,version_number';

/** An item by itself, with all that hangs on it, as its owner sees it. */
async function checkItem(play: Play, item: Item): Promise<void> {
  const isGone = play.tree.isGone(item);
  const path = `/${item.type}s/${item.id}`;
  const answer = await quietly(play, item.owner, `${path}?${FIELDS}`);
  if (!play.agrees(answer, isGone && item.type === 'folder' ? ['404 trashed'] : [], 200)) return;
  play.shows(answer.json, item);
  const { json } = answer;
  const ids = json.path_collection.entries.map(({ id }: { id: string }) => id);
  same(`the path of ${item.id}`, ids, play.tree.shownPath(item.owner, item));
  same(
    `whether ${item.id} has a link`,
    json.shared_link !== null,
    item.link !== undefined && !isGone,
  );
  if (item.type === 'file') await checkFile(play, item, json);
  if (item.type !== 'web_link') await checkMetadata(play, item);
}

async function checkFile(play: Play, item: Item, json: Answer['json']): Promise<void> {
  const locker = item.lockedBy === undefined ? undefined : play.person(item.lockedBy).id;
  same(`the lock of ${item.id}`, json.lock?.created_by.id, locker);
  same(`the comments on ${item.id}`, json.comment_count, item.comments.length);
  same(`the version number of ${item.id}`, json.version_number, String(item.versions.length));
  if (play.tree.isGone(item)) return;
  const list = await quietly(play, item.owner, `/files/${item.id}/versions?fields=trashed_at`);
  const past = item.versions.slice(0, -1).reverse();
  const shown = list.json.entries.map(
    ({ id, trashed_at }: Entry) => `${id} ${trashed_at !== null}`,
  );
  same(
    `the versions of ${item.id}`,
    shown,
    past.map(({ id, isTrashed }) => `${id} ${isTrashed}`),
  );
  for (const version of item.versions) {
    const { status, bytes } = await play.world.download(
      play.person(item.owner),
      item.id,
      `?version=${version.id}`,
    );
    play.world.told.pop();
    same(`the answer to a download of ${version.id}`, status, 200);
    requireSha1(bytes, version.content.sha1, `version ${version.id}`);
  }
}

async function checkMetadata(play: Play, item: Item): Promise<void> {
  if (play.tree.isGone(item)) return;
  const { status, json } = await quietly(
    play,
    item.owner,
    `/${item.type}s/${item.id}/metadata/global/properties`,
  );
  same(`whether ${item.id} has metadata`, status, item.metadata ? 200 : 404);
  for (const [key, value] of Object.entries(item.metadata?.values ?? {})) {
    same(`${key} of ${item.id}`, json[key], value);
  }
}

/** A call that the story of the run can do without. */
async function quietly(play: Play, who: number, path: string): Promise<Answer> {
  const answer = await play.call(who, 'GET', path);
  play.world.told.pop();
  return answer;
}

function same(what: string, shown: unknown, expected: unknown): void {
  if (isDeepStrictEqual(shown, expected)) return;
  throw new Finding(`${what}: ${JSON.stringify(shown)}, expected ${JSON.stringify(expected)}`);
}
