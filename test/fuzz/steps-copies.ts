/** The step that copies files, their versions, and folders with all that is in them. */
import type { Act, Play } from './play.ts';
import { faultsOfName, type Item } from './reference.ts';
import { pathOf } from './steps-items.ts';

const copy: Act = async (play, step) => {
  const item = play.pick(step.one, 'folder', 'file');
  if (!item) return;
  const who = play.actor(step, item);
  const folder = play.place(step.two);
  const version =
    item.type === 'file' && step.two % 4 === 0
      ? item.versions[step.two % item.versions.length]
      : undefined;
  const isNamed = step.two % 3 !== 0;
  const parent = { id: folder?.id ?? '0' };
  const body = {
    parent,
    ...(isNamed && { name: step.name }),
    ...(version && { version: version.id }),
  };
  const name = isNamed ? step.name : item.name;
  if (item.type === 'file' && faultsOfName(name).length > 0) return; // made into a good one
  if (play.tree.items.size + play.tree.below(item).length > 300) return;
  const answer = await play.call(who, 'POST', `${pathOf(item)}/copy`, body);
  const owner = folder?.owner ?? who;
  const refusals = [
    ...play.refusals(who, item, 'share'),
    ...faultsOfName(name),
    ...play.refusalsOfPlace(who, folder),
    ...play.taken(folder, owner, name),
  ];
  if (!play.agrees(answer, refusals, 201)) return;
  const sources = play.tree.below(item);
  const top = addCopy(
    play,
    item,
    answer.json,
    { parent: parent.id, owner, name },
    version?.content,
  );
  play.tree.tell('ITEM_COPY', top);
  await addCopiesBelow(play, who, sources, new Map([[item.id, top]]));
  play.shows(answer.json, top);
};

function addCopy(
  play: Play,
  source: Item,
  json: Record<string, unknown>,
  place: Pick<Item, 'parent' | 'owner' | 'name'>,
  content = source.versions.at(-1)?.content,
): Item {
  const { id, file_version: version } = json as { id: string; file_version?: { id: string } };
  const copied: Item = {
    ...source,
    ...place,
    id,
    etag: 0,
    isTrashed: false,
    versions: [],
    lockedBy: undefined,
    frozen: undefined,
    link: undefined,
    comments: [],
    metadata: source.metadata && { values: { ...source.metadata.values }, version: 0 },
  };
  if (content && version)
    copied.versions.push({ id: version.id, name: place.name, content, isTrashed: false });
  play.tree.items.set(id, copied);
  return copied;
}

/** The copies below a copied folder are told apart by their names. */
async function addCopiesBelow(play: Play, who: number, sources: Item[], copies: Map<string, Item>) {
  for (const source of sources) {
    const parent = copies.get(source.parent);
    if (!parent) continue;
    const list = await play.call(
      who,
      'GET',
      `/folders/${parent.id}/items?limit=1000&fields=name,file_version`,
    );
    const made = list.json.entries?.find((entry: { name: string }) => entry.name === source.name);
    if (!made) throw new Error(`the copy ${parent.id} lacks ${source.name}`);
    const place = { parent: parent.id, owner: parent.owner, name: source.name };
    copies.set(source.id, addCopy(play, source, made, place));
  }
}

export const copySteps: Readonly<Record<string, Act>> = { copy };
