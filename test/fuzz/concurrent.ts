/**
 * Several clients at once, on one emulator and on a second that has the same folder open: nobody knows what the
 * outcome must be, but what was acknowledged must be there, and nothing may contradict itself.
 */
import fc from 'fast-check';
import { checkDatabase } from './database-check.ts';
import { type Exchange, Finding, type Person } from './exchange.ts';
import { listBothWays } from './listing.ts';
import { type Neighbour, startNeighbour } from './neighbour.ts';
import { requireSha1, startWorld, type World } from './world.ts';

const WORKERS = 8;

/** One call of one worker. */
interface Deed {
  readonly op: number;
  readonly one: number;
  readonly two: number;
  readonly name: string;
}

/** What all workers share: ids that they heard of, and what they were promised. */
interface Shared {
  readonly world: World;
  readonly neighbour: Neighbour;
  readonly folders: string[];
  readonly files: string[];
  /** By the id of the version; its file, and the SHA-1 of what was sent. */
  readonly promised: Map<string, { file: string; sha1: string }>;
  /** Folders and files that somebody deleted for good, or tried to. */
  readonly purged: Set<string>;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  op: fc.nat({ max: 19 }),
  one: fc.nat({ max: 5039 }),
  two: fc.nat({ max: 5039 }),
  name: fc.constantFrom('a', 'A', 'b', 'c', 'd', 'e', 'f', 'g', 'ä', 'Ä'),
});

/** A run of all workers; it ends with a look at what they left. */
export function concurrentProperty(exchange: Exchange) {
  const plans = fc.array(fc.array(deed, { minLength: 5, maxLength: 60, size: 'max' }), {
    minLength: WORKERS,
    maxLength: WORKERS,
  });
  return fc.asyncProperty(plans, fc.context(), async (drawn, context) => {
    const world = await startWorld(exchange, { onDisk: true });
    const neighbour = await startNeighbour(world);
    const shared: Shared = {
      world,
      neighbour,
      folders: ['0'],
      files: [],
      promised: new Map(),
      purged: new Set(),
    };
    try {
      await Promise.all(drawn.map((deeds, worker) => work(shared, worker, deeds)));
      await checkPromises(shared);
    } finally {
      for (const line of world.told) context.log(line);
      await neighbour.close();
      await world.close();
    }
  });
}

async function work(shared: Shared, worker: number, deeds: readonly Deed[]): Promise<void> {
  const { world, neighbour } = shared;
  const [ann] = world.people;
  const base = worker % 2 === 0 ? world.emulator.url : neighbour.url;
  for (const one of deeds) await ACTS[one.op % ACTS.length]?.(shared, ann, `${base}/2.0`, one);
}

type Act = (shared: Shared, who: Person, base: string, deed: Deed) => Promise<unknown>;

const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? '0';

const createFolder: Act = async ({ world, folders }, who, base, { one, name }) => {
  const json = { name, parent: { id: pick(folders, one) } };
  const answer = await world.call(who, 'POST', `${base}/folders`, { json });
  if (answer.status === 201) folders.push(answer.json.id);
};

const upload: Act = async (shared, who, base, { one, two, name }) => {
  const attributes = { name, parent: { id: pick(shared.folders, one) } };
  await keepPromise(shared, who, `${base}/files/content`, attributes, two);
};

const newVersion: Act = async (shared, who, base, { one, two }) => {
  if (shared.files.length === 0) return;
  await keepPromise(shared, who, `${base}/files/${pick(shared.files, one)}/content`, {}, two);
};

async function keepPromise(
  shared: Shared,
  who: Person,
  url: string,
  attributes: object,
  two: number,
) {
  const bytes = Buffer.alloc(two % 3 === 0 ? 5 : two * 3, `contents ${two % 5} `);
  const { status, json } = await shared.world.upload(who, url, attributes, bytes);
  if (status !== 201) return;
  const [file] = json.entries;
  if (!shared.files.includes(file.id)) shared.files.push(file.id);
  shared.promised.set(file.file_version.id, { file: file.id, sha1: file.sha1 });
}

const itemPath = ({ files, folders }: Shared, { one, two }: Deed) =>
  two % 3 === 0 && folders.length > 1
    ? `folders/${pick(folders, one)}`
    : `files/${pick(files, one)}`;

const change: Act = async (shared, who, base, deed) => {
  const isMove = deed.two % 2 === 0;
  const json = isMove
    ? { parent: { id: pick(shared.folders, deed.two >> 1) } }
    : { name: deed.name };
  await shared.world.call(who, 'PUT', `${base}/${itemPath(shared, deed)}`, { json });
};

const remove: Act = (shared, who, base, deed) =>
  shared.world.call(who, 'DELETE', `${base}/${itemPath(shared, deed)}?recursive=true`);

const restore: Act = (shared, who, base, deed) =>
  shared.world.call(who, 'POST', `${base}/${itemPath(shared, deed)}`, { json: {} });

/** Seldom, and written down before it is done: what is below goes along. */
const purge: Act = async (shared, who, base, deed) => {
  if (deed.two % 4 !== 0) return;
  const path = itemPath(shared, deed);
  shared.purged.add(path.split('/')[1] ?? '');
  await shared.world.call(who, 'DELETE', `${base}/${path}/trash`);
};

const copy: Act = async (shared, who, base, deed) => {
  if (deed.two % 3 === 0) return;
  const json = { parent: { id: pick(shared.folders, deed.two) }, name: deed.name };
  const path = `${base}/files/${pick(shared.files, deed.one)}/copy`;
  const answer = await shared.world.call(who, 'POST', path, { json });
  if (answer.status !== 201) return;
  const { id, sha1, file_version: version } = answer.json;
  shared.files.push(id);
  shared.promised.set(version.id, { file: id, sha1 });
};

const look: Act = async (shared, who, base, { one }) => {
  await shared.world.call(
    who,
    'GET',
    `${base}/folders/${pick(shared.folders, one)}/items?limit=1000`,
  );
};

const promote: Act = async (shared, who, base, { one }) => {
  const [id, version] = [...shared.promised][one % shared.promised.size] ?? [];
  if (!version) return;
  const path = `${base}/files/${version.file}/versions/current`;
  const answer = await shared.world.call(who, 'POST', path, { json: { id, type: 'file_version' } });
  if (answer.status === 201) shared.promised.set(answer.json.id, version);
};

/** What there can be only one of, from several sides at once: one gets it, the others hear so. */
const attach: Act = async ({ world, files, folders }, who, base, { one, two, name }) => {
  const [, ben] = world.people;
  const id = pick(files, one);
  const properties = `/files/${id}/metadata/global/properties`;
  const key = `key${name.charCodeAt(0)}`;
  const address = 'http://127.0.0.1:9/';
  const hook = { target: { type: 'file', id }, address, triggers: ['FILE.LOCKED'] };
  const given = { item: { type: 'file', id }, accessible_by: { type: 'user', id: ben.id } };
  const calls: readonly [method: string, path: string, json?: unknown][] = [
    ['POST', '/collaborations', { ...given, role: 'editor' }],
    ['POST', properties, { name }],
    ['DELETE', properties],
    ['POST', '/comments', { item: given.item, message: name }],
    ['PUT', `/files/${id}`, { shared_link: { access: 'open', vanity_name: `vanity-${key}` } }],
    ['PUT', `/files/${id}`, { shared_link: null }],
    ['PUT', `/files/${id}/watermark`, { watermark: { imprint: 'default' } }],
    ['DELETE', `/files/${id}/watermark`],
    ['POST', '/groups', { name }],
    ['POST', '/users', { name, login: `${key}@enterprise.example` }],
    ['POST', '/webhooks', hook],
    ['POST', '/metadata_templates/schema', { ...template, templateKey: key }],
    ['PUT', `/files/${id}`, { collections: [{ id: '1' }] }],
    ['POST', '/metadata_cascade_policies', { folder_id: pick(folders, one), ...everyKey }],
  ];
  const [method, path, json] = calls[two % calls.length] ?? ['GET', '/users/me'];
  await world.call(who, method, `${base}${path}`, json === undefined ? {} : { json });
};

const template = { scope: 'enterprise', displayName: 'One of its key' };
const everyKey = { scope: 'global', templateKey: 'properties' };

const ACTS: readonly Act[] = [
  createFolder,
  createFolder,
  upload,
  upload,
  upload,
  upload,
  newVersion,
  newVersion,
  change,
  change,
  remove,
  remove,
  restore,
  restore,
  purge,
  copy,
  look,
  promote,
  attach,
  attach,
];

async function checkPromises(shared: Shared): Promise<void> {
  const { world, promised, purged } = shared;
  const [ann] = world.people;
  if (world.dataDir !== undefined) checkDatabase(world.dataDir);
  const trash = await listBothWays(world, ann, '/folders/trash/items?fields=name');
  for (const { type, id } of trash) {
    const answer = await world.call(ann, 'POST', `/${type}s/${id}`, {
      json: { name: `back ${id}`, parent: { id: '0' } },
    });
    if (answer.status !== 201)
      throw new Finding(`${type} ${id} cannot be restored: ${answer.status}`);
  }
  // With everything out of the trash, what is not found was deleted for good.
  for (const [version, { file, sha1 }] of promised) {
    const answer = await world.download(ann, file, `?version=${version}`);
    if (answer.status === 200) requireSha1(answer.bytes, sha1, `version ${version} of ${file}`);
    else if (answer.status !== 404 || purged.size === 0) {
      throw new Finding(`version ${version} of file ${file} is lost: ${answer.status}`);
    }
  }
  await checkTree(shared, '0');
}

async function checkTree({ world, ...rest }: Shared, folder: string): Promise<void> {
  const [ann] = world.people;
  const entries = await listBothWays(world, ann, `/folders/${folder}/items?fields=name`);
  const names = new Set(entries.map(({ name }) => name.toLowerCase()));
  if (names.size !== entries.length) throw new Finding(`folder ${folder} has a name twice`);
  for (const { type, id } of entries)
    if (type === 'folder') await checkTree({ world, ...rest }, id);
}
