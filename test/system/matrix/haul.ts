/**
 * One transfer between a folder of its own on this machine and one in Box, and what is looked at afterwards. A run
 * in trouble may fail, saying why; what stands under a real name is right all the same, and one more run without
 * the trouble completes it and leaves nothing else behind.
 */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BoxApiError, type BoxClient, BoxConnectionError, BoxhaulError } from '@boxhaul/client';
import {
  download,
  openState,
  type TransferEvent,
  type TransferOptions,
  type TransferState,
  type UploadMode,
  upload,
} from '@boxhaul/transfer';
import { type Bench, clientOf } from './bench.ts';

/** How a run ended: with no codes all was well. */
export interface Ending {
  codes: string[];
  words: string[];
}

/** Runs a transfer; `options` are for whoever does it in this process. */
export type Runner = (haul: Haul, options: Partial<TransferOptions>) => Promise<Ending>;

/** Waits longer than a busy machine takes. */
export const PATIENT = { patienceMs: 30_000, maxRetries: 5 };

/** The temporary files of downloads, and the files that wait in Box for their name. */
const UNFINISHED = /\.part$|\.boxhaul-new$/;

export class Haul {
  readonly bench: Bench;
  /** The transfer's own client: what is done to its methods is met by this transfer only. */
  client: BoxClient;
  readonly state: TransferState;
  /** The folder on this machine, and the one in Box. */
  readonly local: string;
  readonly folderId: string;
  readonly root: string;
  readonly #stateFolder: string;
  mode: UploadMode = 'upload';
  /** What someone else put there, by path, and is to stay. */
  readonly theirs = new Map<string, string>();
  /** Contents that a file had for a while, on the side where it is read. */
  readonly #once: Map<string, Set<string>>;
  readonly #sessions = new Set<string>();
  readonly #atEnd: (() => unknown)[] = [];
  readonly #atClose: (() => unknown)[] = [];
  /** The id of what somebody else made in Box. */
  made = '';

  private constructor(
    bench: Bench,
    root: string,
    folderId: string,
    patience: { patienceMs: number; maxRetries: number },
  ) {
    this.bench = bench;
    this.root = root;
    this.client = clientOf(bench.emulator, patience);
    this.#stateFolder = join(root, 'state');
    this.state = openState(this.#stateFolder);
    this.local = join(root, 'local');
    this.folderId = folderId;
    this.#once = new Map([...bench.sha1s].map(([path, sha1]) => [path, new Set([sha1])]));
    this.#watchSessions();
  }

  static async open(
    bench: Bench,
    patience: { patienceMs: number; maxRetries: number },
  ): Promise<Haul> {
    const { someone, column } = bench;
    const root = await mkdtemp(join(bench.root, 'haul-'));
    const name = root.slice(-6);
    if (column.direction === 'download') {
      const copy = await someone.folders.copy(bench.folderId, { parentId: '0', name });
      await mkdir(join(root, 'local'));
      return new Haul(bench, root, copy.id, patience);
    }
    await cp(bench.files, join(root, 'local'), { recursive: true, preserveTimestamps: true });
    const folder = await someone.folders.create({ name, parentId: '0' });
    return new Haul(bench, root, folder.id, patience);
  }

  async close(): Promise<void> {
    this.bench.emulator.faults.clear();
    for (const act of this.#atClose) await act();
    await this.client.close();
    this.state.close();
    await this.bench.someone.folders.delete(this.folderId, { recursive: true });
    await rm(this.root, { recursive: true, force: true });
  }

  /** To be undone when the trouble ends. */
  onEnd(act: () => unknown): void {
    this.#atEnd.push(act);
  }

  onClose(act: () => unknown): void {
    this.#atClose.push(act);
  }

  /** Ends the trouble. */
  async end(begun: { end(): void | Promise<void> }): Promise<void> {
    await begun.end();
    for (const act of this.#atEnd) await act();
    await this.client.close();
    this.client = clientOf(this.bench.emulator, PATIENT);
    this.#watchSessions();
  }

  /** These contents are right for this file, as long as the haul lasts. */
  allow(path: string, sha1: string): void {
    this.#once.set(path, (this.#once.get(path) ?? new Set()).add(sha1));
  }

  /** The contents that this file had at the beginning. */
  read(path: string): Promise<Buffer> {
    return readFile(join(this.bench.files, path));
  }

  /** The contents that a file has now are right for as long as this haul lasts. */
  async remember(path: string): Promise<void> {
    const sha1 = (await this.#source()).get(path);
    if (sha1 !== undefined) this.allow(path, sha1);
  }

  /** What is in the folder on this machine: SHA-1s by path. */
  async here(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const path of await this.#pathsHere()) {
      found.set(path, hash('sha1', await readFile(join(this.local, path))));
    }
    return sorted(found);
  }

  /** What is in the folder in Box: SHA-1s by path. */
  async there(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const read = async (folderId: string, above: string): Promise<void> => {
      const fields = ['name', 'sha1'];
      for await (const item of this.bench.someone.folders.items(folderId, { fields })) {
        if (item.type === 'folder') await read(item.id, `${above}${item.name}/`);
        else if (item.type === 'file') found.set(above + item.name, item.sha1);
      }
    };
    await read(this.folderId, '');
    return sorted(found);
  }

  /** The id in Box of what has this path. */
  async idOf(path: string): Promise<string> {
    let id = this.folderId;
    for (const name of path.split('/')) {
      const items = await Array.fromAsync(this.bench.someone.folders.items(id));
      id = items.find((item) => item.name === name)?.id ?? assert.fail(`${path} is not in Box`);
    }
    return id;
  }

  /** Whatever stands under a real name is what it was on the other side, at some time at least. */
  async assertNothingWrong(): Promise<void> {
    for (const [path, sha1] of await this.#target()) {
      if (UNFINISHED.test(path)) continue;
      const right = sha1 === this.theirs.get(path) || this.#once.get(path)?.has(sha1);
      assert.ok(right, `${path} stands there with contents that nobody gave it`);
    }
    for (const path of await this.#pathsHere()) {
      const isKept = this.state.openDownloads.holds(join(this.local, path));
      assert.ok(!path.endsWith('.part') || isKept, `${path} is left, and nobody goes on with it`);
    }
  }

  /** Both sides are the same, and nothing else is left anywhere. */
  async assertComplete(): Promise<void> {
    const [source, target] = [await this.#source(), await this.#target()];
    for (const [path, sha1] of this.theirs) source.set(path, sha1);
    assert.deepEqual([...target], [...sorted(source)]);
    assert.deepEqual(
      this.#kept(),
      [0, 0],
      'uploads and downloads that are still to be gone on with',
    );
    assert.deepEqual([...this.#sessions], [], 'upload sessions that were left open');
  }

  async #pathsHere(): Promise<string[]> {
    const entries = await readdir(this.local, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(this.local, join(parentPath, name)));
  }

  #source(): Promise<Map<string, string>> {
    return this.bench.column.direction === 'upload' ? this.here() : this.there();
  }

  #target(): Promise<Map<string, string>> {
    return this.bench.column.direction === 'upload' ? this.there() : this.here();
  }

  #kept(): number[] {
    this.state.flush();
    const database = new DatabaseSync(join(this.#stateFolder, 'state.sqlite'));
    try {
      return ['upload_sessions', 'open_downloads'].map((table) =>
        Number(database.prepare(`SELECT count(*) n FROM ${table}`).get()?.n),
      );
    } finally {
      database.close();
    }
  }

  /** Which sessions this client knows of that it neither committed nor closed. */
  #watchSessions(): void {
    const { uploadSessions } = this.client;
    const { create, createForFile, commit, abort } = uploadSessions;
    const isOver = (id: string) => void this.#sessions.delete(id);
    Object.assign(uploadSessions, {
      create: async (...given: Parameters<typeof create>) => {
        const session = await create.apply(uploadSessions, given);
        this.#sessions.add(session.id);
        return session;
      },
      createForFile: async (...given: Parameters<typeof createForFile>) => {
        const session = await createForFile.apply(uploadSessions, given);
        this.#sessions.add(session.id);
        return session;
      },
      commit: async (...given: Parameters<typeof commit>) => {
        const file = await commit.apply(uploadSessions, given);
        isOver(given[0].id);
        return file;
      },
      abort: async (...given: Parameters<typeof abort>) => {
        await abort.apply(uploadSessions, given);
        isOver(given[0].id);
      },
    });
  }
}

/** In this process, with a memory between runs. */
export const inProcess: Runner = async (haul, options) => {
  const { client, folderId, local, state, mode, bench } = haul;
  const remember = { state, account: 'a', title: 'matrix', command: { argv: [], cwd: '/' } };
  const all = { client, folderId, remember, ...options };
  const codes: string[] = [];
  const words: string[] = [];
  const onEvent = (event: TransferEvent) => {
    options.onEvent?.(event);
    if (event.type !== 'file' || event.result.state !== 'failed') return;
    codes.push(event.result.reason?.code ?? 'none');
    words.push(event.result.reason?.words ?? '');
  };
  try {
    const report =
      bench.column.direction === 'upload'
        ? await upload({ ...all, onEvent, sources: [`${local}/`], mode })
        : await download({ ...all, onEvent, directory: local, zip: bench.column.zip ?? 'never' });
    if (report.ended !== 'complete') codes.push(report.ended);
    else assert.equal(report.failed, codes.length, 'the report counts what was told');
  } catch (error) {
    // The whole job could not be done: the command says this and ends with 1.
    if (!(error instanceof BoxhaulError)) throw error;
    codes.push(codeOf(error));
    words.push(error.message);
  }
  return { codes, words };
};

function codeOf(error: BoxhaulError): string {
  if (error instanceof BoxApiError) return 'box-error';
  return error instanceof BoxConnectionError ? 'connection' : error.code;
}

function sorted(map: Map<string, string>): Map<string, string> {
  return new Map([...map].sort(([one], [other]) => (one < other ? -1 : 1)));
}
