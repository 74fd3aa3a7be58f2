/** Sends what no client should, to every operation: the emulator must refuse it and lose nothing. */
import fc from 'fast-check';
import { sendBroken } from './broken-connections.ts';
import { checkDatabase } from './database-check.ts';
import { type Exchange, Finding, formOf, type Person } from './exchange.ts';
import {
  type GarbageRequest,
  garbageRequest,
  NEEDED,
  OPERATIONS,
  type Piece,
} from './garbage-requests.ts';
import { listBothWays } from './listing.ts';
import { pickId, plausible, type Target } from './plausible.ts';
import { requireSha1, startWorld, type World } from './world.ts';

/** The one 500 that Box documents: copying the root folder. */
const DOCUMENTED_500 = 'POST /folders/{folder_id}/copy';

/** A run of requests; ends with a look at whether all is still well. */
export function garbageProperty(exchange: Exchange) {
  const requests = fc.array(garbageRequest, { minLength: 1, maxLength: 400, size: 'max' });
  const broken = fc.array(fc.nat(), { maxLength: 4 });
  return fc.asyncProperty(requests, broken, fc.context(), async (sent, cuts, context) => {
    const world = await startWorld(exchange, { onDisk: true, longPollMs: 50 });
    try {
      const target = await makeTarget(world);
      for (const request of sent) await sendGarbage(target, request);
      await sendBroken(world, cuts);
      await checkAll(target);
    } finally {
      for (const line of world.told) context.log(line);
      await world.close();
    }
  });
}

async function makeTarget(world: World): Promise<Target> {
  const { people, emulator } = world;
  const [ann, ben, cat, ed] = people;
  const target: Target = { world, ids: [], kept: [] };
  const root = { type: 'folder', id: '0' };
  target.ids.push(root, ...[ann, ben, ed].map(({ id }) => ({ type: 'user', id })));
  const make = async (who: Person, path: string, json: unknown) => {
    const { json: made } = await world.call(who, 'POST', path, { json });
    if (who !== cat) remember(target, made);
    return made.id as string;
  };
  for (const who of [ann, ben, cat]) {
    const folder = await make(who, '/folders', { name: 'folder', parent: { id: '0' } });
    for (const [name, parent] of [
      ['a.txt', '0'],
      ['b.txt', folder],
    ] as const) {
      const attributes = { name, parent: { id: parent } };
      const bytes = Buffer.from(`what ${who.name} keeps in ${name}`);
      const { json } = await world.upload(who, '/files/content', attributes, bytes);
      const [file] = json.entries;
      if (who === cat) target.kept.push({ owner: cat, id: file.id, sha1: file.sha1 });
      else remember(target, file);
    }
  }
  const item = { type: 'folder', id: pickId(target, 5, 'folder') };
  await make(ann, '/collaborations', {
    item,
    accessible_by: { type: 'user', id: ben.id },
    role: 'editor',
  });
  await make(ann, '/groups', { name: 'group' });
  await make(ann, '/web_links', { url: 'https://example.com', parent: { id: '0' } });
  target.ids.push({ type: 'enterprise', id: emulator.enterpriseId });
  return target;
}

async function sendGarbage(target: Target, request: GarbageRequest): Promise<void> {
  const { world } = target;
  const [method = 'GET', pattern = '/'] = request.operation.replace(/#.*/, '').split(' ');
  const url = addressOf(target, pattern, request);
  const who = callerOf(target, request.who);
  const { body, headers } = bodyOf(target, request);
  const isQuery = method === 'GET' || method === 'HEAD' || method === 'TRACE';
  const line = `${who.name} ${method} ${url.slice(world.emulator.url.length, 400)} ${JSON.stringify(request.headers)} ${isQuery ? '' : (body?.toString().slice(0, 300) ?? '')}`;
  world.told.push(line);
  try {
    const answer = await world.exchange.call(method, url, {
      token: who.token === '' ? null : who.token,
      headers: { ...headers, ...Object.fromEntries(request.headers) },
      body: isQuery ? undefined : body,
    });
    world.told[world.told.length - 1] = `${line} -> ${answer.status} ${answer.json?.code ?? ''}`;
    remember(target, answer.json);
  } catch (error) {
    const isAsked =
      request.operation === DOCUMENTED_500 && String(error).includes('/folders/0/copy');
    if (!isAsked) throw error;
  }
}

/** Whoever calls, calls in vain or with the rights of a user; never as the one whose files are kept. */
function callerOf({ world }: Target, who: number): Person {
  const [ann, ben, , ed] = world.people;
  const nobody: Person = { name: 'nobody', id: '', token: '' };
  const wrong: Person = { name: 'wrong token', id: '', token: 'x'.repeat(32) };
  return [nobody, wrong, ed, ben, ben, ben][who] ?? ann;
}

function addressOf(target: Target, pattern: string, { ids, query }: GarbageRequest): string {
  let turn = 0;
  const path = pattern.replace(/\{([^}]+)\}/g, (_whole, name: string) => {
    const pick = ids[turn++ % ids.length] ?? 0;
    if (typeof pick === 'string') return segment(pick);
    const value = pick % 5 === 0 ? pickId(target, pick) : plausible(target, name, pick);
    return typeof value === 'string' ? segment(value) : pickId(target, pick);
  });
  const search = query.map((pair) => pair.map((text) => segment(text)).join('=')).join('&');
  const prefix = /^\/(?:d|shared|subscribe)\b/.test(path) ? '' : '/2.0';
  return `${target.world.emulator.url}${prefix}${path}${search && `?${search}`}`;
}

/** Percent signs of its own are left in now and then, as bad clients do. */
function segment(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed()).slice(0, 6000);
  return text.startsWith('%') ? text : encoded.replaceAll(/^\.+$/g, '%2e') || '%20';
}

function bodyOf(target: Target, { operation, body, ids }: GarbageRequest) {
  switch (body.kind) {
    case 'none':
      return { body: undefined, headers: {} };
    case 'raw':
      return { body: body.text, headers: { 'content-type': body.type } };
    case 'form':
      return formOf([
        ['attributes', JSON.stringify(body.attributes) ?? ''],
        [body.name, body.file, 'f'],
      ]);
    case 'json': {
      const members = membersFor(target, operation, body.members, ids);
      const isPatch = operation.startsWith('PUT') && operation.includes('/metadata');
      const json = isPatch ? members.map(([, value]) => value) : Object.fromEntries(members);
      const type = isPatch ? 'application/json-patch+json' : 'application/json';
      return { body: JSON.stringify(json) ?? '', headers: { 'content-type': type } };
    }
  }
}

/** What the operation needs, as it may be, and then what is drawn: half the time instead of something needed. */
function membersFor(
  target: Target,
  operation: string,
  drawn: readonly (readonly [name: string, value: Piece])[],
  ids: GarbageRequest['ids'],
): [name: string, value: unknown][] {
  const needed = NEEDED[operation] ?? [];
  const pick = typeof ids[0] === 'number' ? ids[0] : 0;
  const wrong = drawn.length % 2 === 0 ? undefined : needed[pick % needed.length];
  return [
    ...needed.map((name, index): [string, unknown] => [
      name,
      plausible(target, name, pick + index),
    ]),
    ...drawn.map(([name, value], index): [string, unknown] => {
      const place = index === 0 ? (wrong ?? name) : name;
      return [place, drawnValue(target, place, value)];
    }),
  ];
}

function drawnValue(target: Target, name: string, piece: Piece): unknown {
  if (!('id' in piece)) return piece.junk;
  const fitting = plausible(target, name, piece.id);
  if (fitting !== undefined && piece.id % 8 !== 0) return fitting;
  const id = pickId(target, piece.id);
  switch (piece.as) {
    case 'number':
      return Number(id);
    case 'list':
      return [{ type: 'file', id }];
    case 'text':
      return id;
    default:
      return { type: piece.as, id };
  }
}

/** What came to be can be hit by what follows, but for what must be kept. */
function remember({ ids, kept, world }: Target, json: unknown): void {
  if (typeof json !== 'object' || json === null) return;
  const { type, id } = json as Record<string, unknown>;
  const isNew = typeof type === 'string' && typeof id === 'string' && type !== 'error';
  const isKept = id === world.people[2].id || kept.some((file) => file.id === id);
  if (isNew && !isKept && !ids.some((one) => one.id === id)) ids.push({ type, id });
  for (const value of Object.values(json)) remember({ ids, kept, world }, value);
}

async function checkAll({ world, kept }: Target): Promise<void> {
  const [ann, ben, cat, ed] = world.people;
  for (const { owner, id, sha1 } of kept) {
    const answer = await world.download(owner, id);
    if (answer.status !== 200) throw new Finding(`file ${id} is lost: ${answer.status}`);
    requireSha1(answer.bytes, sha1, `file ${id}`);
  }
  for (const who of [ann, ben, cat, ed]) {
    const token = world.emulator.issueToken({ userId: who.id });
    const me = await world.call({ ...who, token }, 'GET', '/users/me');
    if (me.status === 200)
      await listBothWays(world, { ...who, token }, '/folders/0/items?fields=name');
  }
  if (world.dataDir !== undefined) checkDatabase(world.dataDir);
}

/** How many operations there are to be sent garbage. */
export const OPERATION_COUNT = OPERATIONS.length;
