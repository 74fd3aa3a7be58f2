/** Steps on what files hold: uploads, versions, upload sessions, locks, comments, metadata. */
import { Finding } from './exchange.ts';
import type { Act, Play, Step } from './play.ts';
import { faultsOfName, type Item } from './reference.ts';

const upload: Act = async (play, { who: pick, one, two, name }) => {
  const folder = play.place(one);
  const who = folder && pick < 6 ? folder.owner : pick % 4;
  const owner = folder?.owner ?? who;
  const content = play.content(two);
  const isWrong = two % 11 === 0;
  const headers = two % 2 === 0 ? { 'content-md5': isWrong ? 'f'.repeat(40) : content.sha1 } : {};
  const parent = { id: folder?.id ?? '0' };
  const answer = await play.world.upload(
    play.person(who),
    '/files/content',
    { name, parent },
    content.bytes,
    { headers },
  );
  const refusals = [
    ...(isWrong && two % 2 === 0 ? ['400 bad_digest'] : []),
    ...(name === '' ? ['400 bad_request'] : faultsOfName(name)),
    ...play.refusalsOfPlace(who, folder),
    ...play.taken(folder, owner, name),
  ];
  if (!play.agrees(answer, refusals, 201)) return;
  addFile(play, answer.json, { name, parent: parent.id, owner }, content);
};

/** Notes a file as the answer to its upload shows it. */
export function addFile(
  play: Play,
  json: { entries: { file_version: { id: string } }[] },
  place: Pick<Item, 'name' | 'parent' | 'owner'>,
  content: Item['versions'][number]['content'],
): void {
  const [entry] = json.entries;
  if (!entry) throw new Finding('an upload is answered without its file');
  const version = { id: entry.file_version.id, name: place.name, content, isTrashed: false };
  const made = play.add(entry, { type: 'file', ...place, versions: [version] });
  play.tree.tell('ITEM_UPLOAD', made);
}

const preflight: Act = async (play, { who, one, name }) => {
  const folder = play.place(one);
  const owner = folder?.owner ?? who % 4;
  const body = { name, parent: { id: folder?.id ?? '0' }, size: 5 };
  const answer = await play.call(who % 4, 'OPTIONS', '/files/content', body);
  const refusals = [
    ...(name === '' ? ['400 bad_request'] : []),
    ...faultsOfName(name),
    ...play.refusalsOfPlace(who % 4, folder),
    ...play.taken(folder, owner, name),
  ];
  play.agrees(answer, refusals, 200);
};

const newVersion: Act = async (play, step) => {
  const item = play.pick(step.one, 'file');
  if (!item) return;
  const who = play.actor(step, item);
  const content = play.content(step.two);
  const isNamed = step.two % 4 === 0;
  const ifMatch = step.two % 3 === 0 ? String(item.etag + (step.two % 2)) : undefined;
  const attributes = isNamed ? { name: step.name } : {};
  const headers = ifMatch === undefined ? {} : { 'if-match': ifMatch };
  const person = play.person(who);
  const answer = await play.world.upload(
    person,
    `/files/${item.id}/content`,
    attributes,
    content.bytes,
    { headers },
  );
  const name = isNamed ? step.name : item.name;
  const refusals = [
    ...play.refusalsToChange(who, item, ['version'], ifMatch),
    ...faultsOfName(name),
    ...(play.tree.isTaken(item.parent, item.owner, name, item.id) ? ['409 item_name_in_use'] : []),
  ];
  if (!play.agrees(answer, refusals, 201)) return;
  const id = answer.json.entries[0].file_version.id;
  renameCurrent(item);
  item.versions.push({ id, name, content, isTrashed: false });
  Object.assign(item, { name, etag: item.etag + 1 });
  play.tree.tell('ITEM_UPLOAD', item);
  play.shows(answer.json.entries[0], item);
};

const promote: Act = async (play, step) => {
  const item = play.pick(step.one, 'file');
  const version = item?.versions[step.two % item.versions.length];
  if (!item || !version) return;
  const who = play.actor(step, item);
  const answer = await play.call(who, 'POST', `/files/${item.id}/versions/current`, {
    type: 'file_version',
    id: version.id,
  });
  // The current version has the name that the file has now.
  const name = version === item.versions.at(-1) ? item.name : version.name;
  const refusals = [
    ...play.refusalsToChange(who, item, ['version']),
    ...(version.isTrashed ? ['404 trashed'] : []),
    ...(play.tree.isTaken(item.parent, item.owner, name, item.id) ? ['409 item_name_in_use'] : []),
  ];
  if (!play.agrees(answer, refusals, 201)) return;
  renameCurrent(item);
  item.versions.push({ id: answer.json.id, name, content: version.content, isTrashed: false });
  Object.assign(item, { name, etag: item.etag + 1 });
  play.tree.tell('ITEM_MAKE_CURRENT_VERSION', item);
};

/** A version keeps the name that the file had last while it was the current one. */
function renameCurrent(item: Item): void {
  const current = item.versions.at(-1);
  if (current) current.name = item.name;
}

const deleteVersion: Act = async (play, step) => {
  const item = play.pick(step.one, 'file');
  const version = item?.versions[step.two % item.versions.length];
  if (!item || !version) return;
  const who = play.actor(step, item);
  const path = `/files/${item.id}/versions/${version.id}`;
  if (version.isTrashed) {
    const answer = await play.call(who, 'PUT', path, { trashed_at: null });
    if (play.agrees(answer, play.refusalsToChange(who, item, ['delete']), 200))
      version.isTrashed = false;
    return;
  }
  const answer = await play.call(who, 'DELETE', path);
  const refusals = [
    ...play.refusalsToChange(who, item, ['delete']),
    ...(version === item.versions.at(-1) ? ['400 bad_request'] : []),
  ];
  if (play.agrees(answer, refusals, 204)) version.isTrashed = true;
};

const lock: Act = async (play, step) => {
  const item = play.pick(step.one, 'file');
  if (!item) return;
  const who = play.actor(step, item);
  const isLocked = item.lockedBy !== undefined;
  const body = { lock: isLocked ? null : { access: 'lock' } };
  const answer = await play.call(who, 'PUT', `/files/${item.id}`, body);
  const refusals = play.refusalsToChange(who, item, ['version']);
  // Owners and co-owners may take away the locks of others.
  const isMaster = isLocked && play.tree.may(who, item, 'settings');
  const left = isMaster
    ? refusals.filter((one) => one !== '403 access_denied_item_locked')
    : refusals;
  if (!play.agrees(answer, left, 200)) return;
  Object.assign(item, { lockedBy: isLocked ? undefined : who, etag: item.etag + 1 });
  play.tree.tell(isLocked ? 'LOCK_DESTROY' : 'LOCK_CREATE', item);
  play.shows(answer.json, item);
};

const comment: Act = async (play, step) => {
  const file = play.pick(step.one, 'file');
  if (!file) return;
  const who = play.actor(step, file);
  const [old] = file.comments;
  if (old && step.two % 2 === 0) {
    const answer = await play.call(who, 'DELETE', `/comments/${old.id}`);
    const isHidden = !play.tree.may(who, file, 'see') || play.tree.isGone(file);
    const refusals = isHidden
      ? ['404 not_found']
      : old.by === who
        ? []
        : play.refusals(who, file, 'delete');
    if (!play.agrees(answer, refusals, 204)) return;
    file.comments.shift();
    play.tree.tell('COMMENT_DELETE', file, [], old.id);
    return;
  }
  const body = { item: { type: 'file', id: file.id }, message: play.words() };
  const answer = await play.call(who, 'POST', '/comments', body);
  if (!play.agrees(answer, play.refusals(who, file, 'comment'), 201)) return;
  file.comments.push({ id: answer.json.id, by: who });
  play.tree.tell('COMMENT_CREATE', file, [], answer.json.id);
};

const metadata: Act = async (play, step) => {
  const item = play.pick(step.one, 'file', 'folder');
  if (!item) return;
  const who = play.actor(step, item);
  const path = `/${item.type}s/${item.id}/metadata/global/properties`;
  const refusals = play.refusalsToChange(who, item, ['upload']);
  const has = item.metadata !== undefined;
  switch (step.two % 4) {
    case 0: {
      const values = { key: step.name.slice(0, 30), other: 'x' };
      const answer = await play.call(who, 'POST', path, values);
      const all = [...refusals, ...(has ? ['409 tuple_already_exists'] : [])];
      if (play.agrees(answer, all, 201)) item.metadata = { values, version: 0 };
      return;
    }
    case 1: {
      const answer = await play.call(who, 'DELETE', path);
      const all = [...refusals, ...(has ? [] : ['404 instance_not_found'])];
      if (play.agrees(answer, all, 204)) item.metadata = undefined;
      return;
    }
    default:
      await patchMetadata(play, step, { item, who, path, refusals });
  }
};

interface Patch {
  item: Item;
  who: number;
  path: string;
  refusals: string[];
}

async function patchMetadata(
  play: Play,
  { two, name }: Step,
  { item, who, path, refusals }: Patch,
) {
  const old = item.metadata?.values.key;
  const tested = two % 3 === 0 ? 'wrong' : (old ?? 'none');
  const value = name.slice(0, 30);
  const patch = [
    { op: 'test', path: '/key', value: tested },
    { op: 'replace', path: '/key', value },
    { op: 'add', path: '/added', value: 'y' },
  ];
  const type = { 'content-type': 'application/json-patch+json' };
  const answer = await play.call(who, 'PUT', path, patch, type);
  const all = [
    ...refusals,
    ...(item.metadata ? [] : ['404 instance_not_found']),
    ...(tested === old ? [] : ['400 bad_request']),
  ];
  if (!play.agrees(answer, all, 200) || !item.metadata) return;
  Object.assign(item.metadata.values, { key: value, added: 'y' });
  item.metadata.version += 1;
}

export const contentSteps: Readonly<Record<string, Act>> = {
  upload,
  preflight,
  newVersion,
  promote,
  deleteVersion,
  lock,
  comment,
  metadata,
};
