/** Troubles that other people make, in Box or on this machine, at the very moment when it matters. */
import { hash } from 'node:crypto';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BoxClient, bodyOf } from '@boxhaul/client';
import type { UploadMode } from '@boxhaul/transfer';
import { type Column, isLarge } from './columns.ts';
import type { Haul } from './haul.ts';
import type { Begun, Kind, Trouble } from './troubles.ts';

const THEIRS = 'what somebody else wrote';
const THEIRS_SHA1 = hash('sha1', THEIRS);

/** The call of the transfer before which somebody acts. */
const moments = {
  'making a folder': (client) => [client.folders, 'create'],
  sending: (client) => [client.files, 'upload'],
  'sending a version': (client) => [client.files, 'uploadVersion'],
  'opening a session': (client) => [client.uploadSessions, 'create'],
  'opening a session for a version': (client) => [client.uploadSessions, 'createForFile'],
  commit: (client) => [client.uploadSessions, 'commit'],
  fetching: (client) => [client.files, 'download'],
  'fetching an archive': (client) => [client.zipDownloads, 'download'],
} satisfies Record<string, (client: BoxClient) => [object, string]>;

type Moment = keyof typeof moments;
type Act = (haul: Haul, path: string) => Promise<unknown>;

interface Meddling {
  act: Act;
  prepare?: Act;
  isPassing?: boolean;
  /** Before which of these calls; at the second, the first is cut off. @default 1 */
  call?: 1 | 2;
}

function meanwhile(
  what: string,
  moment: Moment,
  path: string,
  { act, prepare, isPassing, call = 1 }: Meddling,
): Trouble {
  return {
    name: `${what}, ${call === 1 ? 'before' : 'in the middle of'} ${moment}`,
    ...(isPassing !== undefined && { isPassing }),
    async begin(haul) {
      await prepare?.(haul, path);
      const meddling = intervene(haul.client, moments[moment], call, () => act(haul, path));
      if (call === 1) return meddling;
      const match = { host: 'download' } as const;
      const cut = haul.bench.emulator.faults.add({ match, action: { cut: 'in' } });
      const end = () => {
        cut.remove();
        return meddling.end();
      };
      return { ...meddling, end };
    },
  };
}

/** Calls wait until somebody has acted, once; those of the client that a run makes of this one, too. */
function intervene(
  client: BoxClient,
  callOf: (client: BoxClient) => [object, string],
  call: number,
  act: () => Promise<unknown>,
): Begun {
  let calls = 0;
  let acting: Promise<unknown> | undefined;
  const waitFirst = (original: Method) =>
    async function (this: unknown, ...given: unknown[]) {
      calls += 1;
      if (calls >= call) acting ??= act();
      await acting;
      return Reflect.apply(original, this, given);
    };
  const restore = replaced(...callOf(client), waitFirst);
  const restoreEnding = replaced(client, 'endingWith', (original) => (signal: unknown) => {
    const ending = Reflect.apply(original, client, [signal]) as BoxClient;
    replaced(...callOf(ending), waitFirst);
    return ending;
  });
  return {
    isMet: () => acting !== undefined,
    end: () => {
      restore();
      restoreEnding();
    },
  };
}

type Method = (...given: unknown[]) => unknown;

/** @returns what puts the method back */
function replaced(owner: object, name: string, by: (original: Method) => Method): () => void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== 'function') throw new TypeError(`${name} is no method`);
  Reflect.set(owner, name, by(original as Method));
  return () => void Reflect.set(owner, name, original);
}

const put = (haul: Haul, name: string, body: string, parentId = haul.folderId) =>
  haul.bench.someone.files.upload({ name, parentId, body: bodyOf(body) });

/** Somebody's contents are in Box, and may be what the transfer finds for a while. */
async function putTheirs(haul: Haul, path: string): Promise<unknown> {
  haul.allow(path, THEIRS_SHA1);
  return put(haul, path, THEIRS);
}

async function putOurs(haul: Haul, path: string): Promise<unknown> {
  const { someone, sha1s } = haul.bench;
  const sha1 = sha1s.get(path) ?? '';
  const body = bodyOf(await haul.read(path));
  return someone.files.upload({ name: path, parentId: haul.folderId, body, sha1 });
}

async function changeInBox(haul: Haul, path: string): Promise<unknown> {
  haul.allow(path, THEIRS_SHA1);
  return haul.bench.someone.files.uploadVersion(await haul.idOf(path), { body: bodyOf(THEIRS) });
}

async function deleteInBox(haul: Haul, path: string): Promise<unknown> {
  return haul.bench.someone.files.delete(await haul.idOf(path));
}

const fetchingIn = ({ zip }: Column): Moment => (zip ? 'fetching an archive' : 'fetching');

const mainFile = (column: Column) => (isLarge(column) ? 'large.bin' : 'a.txt');

function takenInBox(column: Column): Trouble[] {
  const path = mainFile(column);
  const at: Moment[] = isLarge(column) ? ['opening a session', 'commit'] : ['sending'];
  return at.flatMap((moment) => [
    meanwhile('by the same contents', moment, path, { isPassing: true, act: putOurs }),
    meanwhile('by other contents (upload)', moment, path, {
      isPassing: true,
      act: (haul) => {
        haul.theirs.set(path, THEIRS_SHA1);
        return put(haul, path, THEIRS);
      },
    }),
    ...(['update', 'overwrite'] as const).map((mode) =>
      meanwhile(`by other contents (${mode})`, moment, path, {
        isPassing: true,
        prepare: inMode(mode),
        act: putTheirs,
      }),
    ),
    meanwhile('by a folder', moment, path, {
      prepare: async (haul) => haul.onEnd(() => haul.bench.someone.folders.delete(haul.made)),
      act: async (haul) => {
        const folder = { name: path, parentId: haul.folderId };
        haul.made = (await haul.bench.someone.folders.create(folder)).id;
      },
    }),
  ]);
}

/** Something of other contents is there, which this mode is to replace. */
function inMode(mode: UploadMode): Act {
  return async (haul) => {
    haul.mode = mode;
  };
}

function overSomething(mode: UploadMode): Act {
  return async (haul, path) => {
    haul.mode = mode;
    haul.allow(path, hash('sha1', 'before'));
    await put(haul, path, 'before');
  };
}

/** What is in Box and is to be replaced is somebody else's work, too. */
function replacedMeanwhile(column: Column): Trouble[] {
  const path = mainFile(column);
  const at: Record<'update' | 'overwrite', Moment[]> = isLarge(column)
    ? { update: ['opening a session for a version', 'commit'], overwrite: ['commit'] }
    : { update: ['sending a version'], overwrite: ['sending'] };
  return (['update', 'overwrite'] as const).flatMap((mode) =>
    at[mode].flatMap((moment) => [
      meanwhile(`what is there is changed (${mode})`, moment, path, {
        prepare: overSomething(mode),
        act: changeInBox,
      }),
      meanwhile(`what is there is deleted (${mode})`, moment, path, {
        isPassing: true,
        prepare: overSomething(mode),
        act: deleteInBox,
      }),
    ]),
  );
}

function readMeanwhile(column: Column, act: Act, isPassing: boolean): Trouble[] {
  const path = isLarge(column) ? 'large.bin' : 'sub/deeper/streamed.bin';
  return ([1, 2] as const).map((call) =>
    meanwhile('it', fetchingIn(column), path, { act, call, ...(isPassing && { isPassing }) }),
  );
}

function takenHere(column: Column): Trouble[] {
  const path = mainFile(column);
  const fetching = fetchingIn(column);
  const writeTheirs: Act = async (haul) => {
    haul.allow(path, THEIRS_SHA1);
    await writeFile(join(haul.local, path), THEIRS);
  };
  return [
    meanwhile('by the same contents', fetching, path, {
      isPassing: true,
      act: async (haul) => writeFile(join(haul.local, path), await haul.read(path)),
    }),
    meanwhile('by other contents', fetching, path, { act: writeTheirs }),
    meanwhile('by a folder', fetching, path, {
      prepare: async (haul) => haul.onEnd(() => rm(join(haul.local, path), { recursive: true })),
      act: (haul) => mkdir(join(haul.local, path)),
    }),
    meanwhile('and written to, while its replacement comes', fetching, path, {
      prepare: writeTheirs,
      act: async (haul) => {
        haul.allow(path, hash('sha1', `${THEIRS}!`));
        await appendFile(join(haul.local, path), '!');
      },
    }),
    meanwhile('and gone, while its replacement comes', fetching, path, {
      isPassing: true,
      prepare: writeTheirs,
      act: (haul) => rm(join(haul.local, path)),
    }),
  ];
}

function folderMeanwhile(): Trouble[] {
  const make = (haul: Haul) =>
    haul.bench.someone.folders.create({ name: 'sub', parentId: haul.folderId });
  return [
    meanwhile('an empty one', 'making a folder', 'sub', { isPassing: true, act: make }),
    meanwhile('one with a file in it', 'making a folder', 'sub', {
      isPassing: true,
      act: async (haul) => {
        haul.theirs.set('sub/b.bin', THEIRS_SHA1);
        await put(haul, 'b.bin', THEIRS, (await make(haul)).id);
      },
    }),
    meanwhile('a file of that name', 'making a folder', 'sub', {
      prepare: async (haul) => haul.onEnd(() => haul.bench.someone.files.delete(haul.made)),
      act: async (haul) => {
        haul.theirs.set('sub', THEIRS_SHA1);
        haul.made = (await put(haul, 'sub', THEIRS)).id;
        haul.onEnd(() => haul.theirs.delete('sub'));
      },
    }),
  ];
}

const isUpload = ({ direction }: Column) => direction === 'upload';

export const peopleTroubles: readonly Kind[] = [
  {
    name: 'folder made by someone else at the same time',
    says: ['in-the-way'],
    in: (column) => (isUpload(column) && !isLarge(column) ? folderMeanwhile() : []),
  },
  {
    name: 'name taken at the same time',
    says: ['in-the-way', 'name-collision', 'changed-on-disk'],
    in: (column) => (isUpload(column) ? takenInBox(column) : takenHere(column)),
  },
  {
    name: 'replaced in Box at the same time',
    says: ['changed-on-box'],
    in: (column) => (isUpload(column) ? replacedMeanwhile(column) : []),
  },
  {
    name: 'deleted in Box while it is read',
    says: ['not-found'],
    in: (column) => (isUpload(column) ? [] : readMeanwhile(column, deleteInBox, false)),
  },
  {
    name: 'changed in Box while it is read',
    says: ['changed-on-box', 'wrong-contents'],
    in: (column) => (isUpload(column) ? [] : readMeanwhile(column, changeInBox, true)),
  },
];
