/** A Box of a test's own, with a client that does not wait where Box or a broken line would make it. */
import {
  BoxClient,
  type BoxFile,
  type BoxItem,
  type ClientOptions,
  type Clock,
  clientCredentialsAuth,
} from '@boxhaul/client';
import { type Emulator, type EmulatorOptions, startEmulator } from '@boxhaul/emulator';
import type { TransferEvent } from '../transfer.ts';

type Timeouts = NonNullable<ClientOptions['timeouts']>;

export interface TestBox extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly client: BoxClient;
  /** A folder in the root, made for the test. */
  folder(name?: string): Promise<string>;
  /** All that is below a Box folder, by path: files with their content, empty folders with a `/`. */
  tree(folderId: string): Promise<Record<string, string>>;
  /** The file with this name directly in a folder. */
  file(folderId: string, name: string): Promise<BoxFile>;
  /** Names in the trash. */
  trash(): Promise<string[]>;
}

/** For a test in which an answer does not come, or not to its end: others would fail on a busy machine. */
export const IMPATIENT: Timeouts = { headersMs: 1_000, bodyIdleMs: 1_000 };

/**
 * Starts a Box and a client for it; `await using` closes both.
 * @param timeouts the client's. @default its own, of a minute or so
 */
export async function openBox(
  options: EmulatorOptions = {},
  timeouts: Timeouts = {},
): Promise<TestBox> {
  const emulator = await startEmulator(options);
  const client = new BoxClient({
    auth: clientCredentialsAuth({
      clientId: emulator.app.clientID,
      clientSecret: emulator.app.clientSecret,
      enterpriseId: emulator.enterpriseId,
    }),
    baseUrl: emulator.url,
    env: {},
    clock: hastyClock(),
    timeouts,
  });
  const items = (folderId: string) =>
    Array.fromAsync(client.folders.items(folderId, { fields: ['name', 'size', 'etag', 'sha1'] }));
  return {
    emulator,
    client,
    folder: async (name = 'target') => (await client.folders.create({ name, parentId: '0' })).id,
    tree: (folderId) => readBoxTree(client, folderId),
    async file(folderId, name) {
      const found = (await items(folderId)).find((item) => item.name === name);
      if (found?.type !== 'file') throw new Error(`${name} is not a file in ${folderId}`);
      return found;
    },
    trash: async () => (await Array.fromAsync(client.trash.items())).map((item) => item.name),
    async [Symbol.asyncDispose]() {
      await client.close();
      await emulator.close();
    },
  };
}

/** Real time, but for pauses: they are over at once, as if they had been waited for. */
function hastyClock(): Clock {
  let skippedMs = 0;
  return {
    now: () => Date.now() + skippedMs,
    async sleep(ms, signal) {
      skippedMs += ms;
      await new Promise(setImmediate);
      signal?.throwIfAborted();
    },
  };
}

async function readBoxTree(client: BoxClient, rootId: string): Promise<Record<string, string>> {
  const tree: Record<string, string> = {};
  const read = async (folderId: string, path: string) => {
    const items: BoxItem[] = await Array.fromAsync(client.folders.items(folderId));
    if (items.length === 0 && path !== '') tree[`${path}/`] = '';
    for (const item of items) {
      const below = path === '' ? item.name : `${path}/${item.name}`;
      if (item.type === 'folder') await read(item.id, below);
      else if (item.type === 'file') tree[below] = await readBoxFile(client, item.id);
      else tree[below] = '(web link)';
    }
  };
  await read(rootId, '');
  return Object.fromEntries(Object.entries(tree).sort(([one], [other]) => (one < other ? -1 : 1)));
}

async function readBoxFile(client: BoxClient, id: string): Promise<string> {
  const { body } = await client.files.download(id);
  return Buffer.concat(await Array.fromAsync(body)).toString('latin1');
}

/** Collects events, to be looked at afterwards. */
export function recorder(): { events: TransferEvent[]; onEvent: (event: TransferEvent) => void } {
  const events: TransferEvent[] = [];
  return { events, onEvent: (event) => void events.push(event) };
}
