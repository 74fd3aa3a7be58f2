/** Steps on items whatever they are: made, changed, moved, copied, deleted, restored. */
import { type Act, DENIED, type Play, type Step } from './play.ts';
import { faultsOfName, type Item } from './reference.ts';

const ANY = ['folder', 'file', 'web_link'] as const;

/** The call's path of an item. */
export const pathOf = (item: Item) => `/${item.type}s/${item.id}`;

const createFolder: Act = async (play, { who: pick, one, name }) => {
  const folder = play.place(one);
  const who = folder && pick < 6 ? folder.owner : pick % 4;
  const owner = folder?.owner ?? who;
  const parent = { id: folder?.id ?? '0' };
  const answer = await play.call(who, 'POST', '/folders', { name, parent });
  const refusals = [
    ...faultsOfName(name),
    ...play.refusalsOfPlace(who, folder),
    ...play.taken(folder, owner, name),
  ];
  if (!play.agrees(answer, refusals, 201)) return;
  const made = play.add(answer.json, { type: 'folder', name, parent: parent.id, owner });
  play.tree.tell('ITEM_CREATE', made);
};

const createWebLink: Act = async (play, { who: pick, one, name }) => {
  const folder = play.place(one);
  const who = folder && pick < 6 ? folder.owner : pick % 4;
  const owner = folder?.owner ?? who;
  const body = { url: 'https://example.com/x', name, parent: { id: folder?.id ?? '0' } };
  const answer = await play.call(who, 'POST', '/web_links', body);
  const refusals = [
    ...faultsOfName(name),
    ...play.refusalsOfPlace(who, folder),
    ...play.taken(folder, owner, name),
  ];
  if (!play.agrees(answer, refusals, 201)) return;
  const made = play.add(answer.json, { type: 'web_link', name, parent: body.parent.id, owner });
  play.tree.tell('ITEM_CREATE', made);
};

/** The etag that is sent, right or wrong, or none. */
function ifMatchFor({ two }: Step, item: Item): string | undefined {
  if (two % 4 === 0) return String(item.etag);
  return two % 4 === 1 ? String(item.etag + 1 + (two % 3)) : undefined;
}

const update: Act = async (play, step) => {
  const item = play.pick(step.one, ...ANY);
  if (!item) return;
  const who = play.actor(step, item);
  const ifMatch = ifMatchFor(step, item);
  const isRenamed = step.two % 3 !== 0;
  const isMoved = step.two % 5 < 2;
  const isDescribed = step.two % 7 === 0;
  const folder = play.place(step.two >> 3);
  const body = {
    ...(isRenamed && { name: step.name }),
    ...(isMoved && { parent: { id: folder?.id ?? '0' } }),
    ...(isDescribed && { description: step.name.slice(0, 20) }),
  };
  const answer = await play.call(
    who,
    'PUT',
    pathOf(item),
    body,
    ifMatch === undefined ? undefined : { 'if-match': ifMatch },
  );
  const isPureMove = isMoved && !isRenamed && !isDescribed;
  const rights = [
    ...(isMoved ? (['delete'] as const) : []),
    ...(isPureMove ? [] : (['rename'] as const)),
  ];
  const parent = isMoved ? (folder?.id ?? '0') : item.parent;
  const owner = isMoved ? (folder?.owner ?? who) : item.owner;
  const name = isRenamed ? step.name : item.name;
  const changed = play.refusalsToChange(who, item, rights, ifMatch);
  const old = isPureMove
    ? changed.filter((one) => !one.startsWith('412') || !play.tree.may(who, item, 'see'))
    : changed;
  const refusals = [
    ...old,
    ...(isRenamed ? faultsOfName(name) : []),
    ...(isMoved ? play.refusalsOfPlace(who, folder) : []),
    ...(isMoved && item.frozen !== undefined ? [DENIED] : []),
    ...(isMoved && folder && play.tree.isWithin(folder, item.id)
      ? ['400 cyclical_folder_structure']
      : []),
    ...(play.tree.isTaken(parent, owner, name, item.id) ? ['409 item_name_in_use'] : []),
  ];
  if (!play.agrees(answer, refusals, 200)) return;
  change(play, item, {
    parent,
    owner,
    name,
    description: body.description?.toWellFormed() ?? item.description,
  });
  play.shows(answer.json, item);
};

function change(
  play: Play,
  item: Item,
  now: Pick<Item, 'parent' | 'owner' | 'name' | 'description'>,
): void {
  const { tree } = play;
  const before = tree.readers(item);
  const was = { ...item };
  if (now.owner !== item.owner) tree.give(item, now.owner);
  Object.assign(item, now);
  const isMoved = was.parent !== now.parent;
  const isHanded = was.owner !== now.owner;
  const isOther = was.description !== now.description;
  if (!isMoved && !isHanded && !isOther && was.name === now.name) return;
  item.etag += 1;
  if (isMoved || isHanded) tree.tell('ITEM_MOVE', item, before);
  if (was.name !== now.name) tree.tell('ITEM_RENAME', item);
  if (isOther) tree.tell('ITEM_MODIFY', item);
}

const remove: Act = async (play, step) => {
  const item = play.pick(step.one, ...ANY);
  if (!item) return;
  const who = play.actor(step, item);
  const ifMatch = ifMatchFor(step, item);
  const isRecursive = step.two % 3 !== 0;
  const headers = ifMatch === undefined ? undefined : { 'if-match': ifMatch };
  const answer = await play.call(
    who,
    'DELETE',
    `${pathOf(item)}?recursive=${isRecursive}`,
    undefined,
    headers,
  );
  const isFull = item.type === 'folder' && play.tree.children(item.id, item.owner).length > 0;
  const refusals = [
    ...play.refusalsToChange(who, item, ['delete'], ifMatch),
    ...(item.frozen === undefined ? [] : [DENIED]),
    ...(isFull && !isRecursive ? ['400 folder_not_empty'] : []),
  ];
  if (!play.agrees(answer, refusals, 204)) return;
  const isLocked = item.lockedBy !== undefined;
  Object.assign(item, {
    isTrashed: true,
    etag: item.etag + 1,
    link: undefined,
    lockedBy: undefined,
  });
  if (isLocked) play.tree.tell('LOCK_DESTROY', item, [], 'null');
  play.tree.tell('ITEM_TRASH', item);
};

/** What lies in the trash, mostly. */
function pickTrashed(play: Play, { one, two }: Step): Item | undefined {
  const trashed = [...play.tree.items.values()].filter((item) => item.isTrashed);
  return two % 9 === 0 ? play.pick(one, ...ANY) : trashed[one % trashed.length];
}

function refusalsInTrash({ tree }: Play, who: number, item: Item): string[] {
  if (!tree.may(who, item, 'see')) return ['404 not_found'];
  if (!item.isTrashed) return [tree.isGone(item) ? '404 not_found' : '404 not_trashed'];
  return tree.may(who, item, 'delete') ? [] : [DENIED];
}

const restore: Act = async (play, step) => {
  const item = pickTrashed(play, step);
  if (!item) return;
  const who = play.actor(step, item);
  const asked = step.two % 3 === 0 ? play.place(step.two >> 2) : undefined;
  const isNamed = step.two % 2 === 0;
  const body = {
    ...(isNamed && { name: step.name }),
    ...(step.two % 3 === 0 && { parent: { id: asked?.id ?? '0' } }),
  };
  const answer = await play.call(who, 'POST', pathOf(item), body);
  const target = placeToRestore(play, who, item, body.parent?.id);
  const name = isNamed ? step.name : item.name;
  const isTaken = play.tree.isTaken(target.parent, target.owner, name, item.id);
  const refusals = [
    ...refusalsInTrash(play, who, item),
    ...target.refusals,
    ...faultsOfName(name),
    ...(isTaken ? ['409 item_name_in_use'] : []),
  ];
  if (!play.agrees(answer, refusals, 201)) return;
  if (target.owner !== item.owner) play.tree.give(item, target.owner);
  Object.assign(item, {
    name,
    parent: target.parent,
    owner: target.owner,
    isTrashed: false,
    etag: item.etag + 1,
  });
  play.tree.tell('ITEM_UNDELETE_VIA_TRASH', item);
  play.shows(answer.json, item);
};

/** The old folder while it is there, else the one that is asked for. */
function placeToRestore(play: Play, who: number, item: Item, asked: string | undefined) {
  const old = play.tree.item(item.parent);
  if (item.parent === '0') return { parent: '0', owner: item.owner, refusals: [] };
  if (old && !play.tree.isGone(old)) return { parent: old.id, owner: old.owner, refusals: [] };
  const id = asked ?? item.parent;
  const folder = play.tree.item(id);
  const isMissing = id !== '0' && folder === undefined;
  return {
    parent: id,
    owner: folder?.owner ?? who,
    refusals: isMissing ? ['404 not_found'] : play.refusalsOfPlace(who, folder),
  };
}

const purge: Act = async (play, step) => {
  const item = pickTrashed(play, step);
  if (!item) return;
  const who = play.actor(step, item);
  const answer = await play.call(who, 'DELETE', `${pathOf(item)}/trash`);
  if (play.agrees(answer, refusalsInTrash(play, who, item), 204)) play.tree.purge(item);
};

const freeze: Act = async (play, step) => {
  const item = play.pick(step.one, 'folder');
  if (!item) return;
  const who = play.actor(step, item);
  if (item.frozen === undefined) {
    const folder = { type: 'folder', id: item.id };
    const body = { folder, locked_operations: { move: true, delete: true } };
    const answer = await play.call(who, 'POST', '/folder_locks', body);
    if (play.agrees(answer, play.refusals(who, item, 'settings'), 200))
      item.frozen = answer.json.id;
    return;
  }
  const answer = await play.call(who, 'DELETE', `/folder_locks/${item.frozen}`);
  const refusals = play.refusals(who, item, 'settings').filter((one) => one !== '404 trashed');
  if (play.agrees(answer, refusals, 204)) item.frozen = undefined;
};

export const itemSteps: Readonly<Record<string, Act>> = {
  createFolder,
  createWebLink,
  update,
  remove,
  restore,
  purge,
  freeze,
};
