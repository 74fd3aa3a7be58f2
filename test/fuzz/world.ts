/** An emulator with people in it, for one run of the fuzz. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, type EmulatorOptions, startEmulator } from '@boxhaul/emulator';
import { type Answer, type Exchange, Finding, formOf, type Person, type Sent } from './exchange.ts';

const TOKEN_LIFE_SECONDS = 10 * 365 * 24 * 3600;

/** A running emulator and who calls it. */
export interface World {
  emulator: Emulator;
  /** The admin, two colleagues and someone of elsewhere, in this order. */
  readonly people: readonly [Person, Person, Person, Person];
  readonly exchange: Exchange;
  /** Where its state is; `undefined`: in memory. */
  readonly dataDir: string | undefined;
  /** What was asked and answered, a line for each call, for people to read. */
  readonly told: string[];
  /** Calls Box's API as someone. */
  call(who: Person, method: string, path: string, sent?: Sent): Promise<Answer>;
  upload(
    who: Person,
    path: string,
    attributes: unknown,
    bytes: Buffer,
    sent?: Sent,
  ): Promise<Answer>;
  /** The bytes of a file, or the refusal of their address. */
  download(who: Person, fileId: string, query?: string): Promise<Answer>;
  /** Closes the emulator and opens its folder again; nothing when it is in memory. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts an emulator, in a folder of its own or in memory. */
export async function startWorld(
  exchange: Exchange,
  { onDisk, ...options }: EmulatorOptions & { onDisk: boolean },
): Promise<World> {
  const dataDir = onDisk ? mkdtempSync(join(tmpdir(), 'boxhaul-fuzz-')) : undefined;
  const start = () => startEmulator(dataDir === undefined ? options : { ...options, dataDir });
  const told: string[] = [];
  const emulator = await start();
  const people = await makePeople(exchange, emulator);
  const world: World = {
    emulator,
    people,
    exchange,
    dataDir,
    told,
    call: async (who, method, path, sent = {}) => {
      const url = path.startsWith('/') ? `${world.emulator.url}/2.0${path}` : path;
      const line = lineOf(who, method, path, sent);
      const at = told.push(line) - 1;
      const answer = await exchange.call(method, url, { token: who.token, ...sent });
      told[at] = `${line} -> ${outcomeOf(answer)}`;
      return answer;
    },
    upload: (who, path, attributes, bytes, sent = {}) => {
      const form = formOf([
        ['attributes', JSON.stringify(attributes)],
        ['file', bytes, 'unnamed'],
      ]);
      return world.call(who, 'POST', path, {
        ...sent,
        body: form.body,
        headers: { ...sent.headers, ...form.headers },
      });
    },
    download: async (who, fileId, query = '') => {
      const answer = await world.call(who, 'GET', `/files/${fileId}/content${query}`);
      if (answer.status !== 302) return answer;
      return exchange.call('GET', String(answer.headers.location));
    },
    restart: async () => {
      if (dataDir === undefined) return;
      told.push('the emulator is closed and started again');
      await world.emulator.close();
      world.emulator = await start();
    },
    close: async () => {
      await world.emulator.close();
      if (dataDir !== undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return world;
}

async function makePeople(exchange: Exchange, emulator: Emulator): Promise<World['people']> {
  const { url, token, adminUserId, externalUserId } = emulator;
  const issue = (userId: string) =>
    emulator.issueToken({ userId, lifeSeconds: TOKEN_LIFE_SECONDS });
  const colleague = async (name: string): Promise<Person> => {
    const json = { name, login: `${name}@example.test` };
    const made = await exchange.call('POST', `${url}/2.0/users`, { token, json });
    return { name, id: made.json.id, token: issue(made.json.id) };
  };
  return [
    { name: 'ann', id: adminUserId, token },
    await colleague('ben'),
    await colleague('cat'),
    { name: 'ed', id: externalUserId, token: issue(externalUserId) },
  ];
}

function lineOf(who: Person, method: string, path: string, { json, body, headers }: Sent): string {
  const attributes = Buffer.isBuffer(body)
    ? /name="attributes"\r\n\r\n(.*)\r\n/.exec(body.subarray(0, 2000).toString())?.[1]
    : body;
  const shown = json === undefined ? (attributes ?? '') : JSON.stringify(json);
  const more = Object.entries(headers ?? {}).filter(([name]) => name !== 'content-type');
  const shownHeaders = more.map(([name, value]) => `${name}: ${value}`).join(', ');
  return [who.name, method, path, shown.slice(0, 200), shownHeaders].filter(Boolean).join(' ');
}

function outcomeOf({ status, json }: Answer): string {
  const made = json?.entries?.[0]?.id ?? json?.id ?? json?.part?.part_id;
  const what = json?.code ?? (made === undefined ? '' : `id ${made}`);
  return `${status} ${what}`.trim();
}

/** @throws Finding unless these are the bytes of that SHA-1 */
export function requireSha1(bytes: Buffer, sha1: string, what: string): void {
  const actual = createHash('sha1').update(bytes).digest('hex');
  if (actual !== sha1)
    throw new Finding(`${what} has ${bytes.length} bytes of ${actual}, not ${sha1}`);
}
