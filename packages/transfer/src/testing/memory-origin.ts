/** An origin that a test makes up: files by path, each with all states that it ever had. */
import { sha1Of } from '../hash.ts';
import type { Origin, OriginEntry } from '../origins/origin.ts';
import type { Source } from '../origins/source.ts';
import { TransferFailure } from '../reason.ts';

/** Contents, oldest first, the current ones last; null for a state that is not to be had. A text with `://` is a web link. */
export type MemoryTree = Record<string, readonly (string | null)[] | string>;

/** Changes to `tree` are seen by the next run. */
export function memoryOrigin(tree: MemoryTree): Origin & { reads: string[] } {
  const reads: string[] = [];
  const list = (folder: string): OriginEntry[] => {
    const names = new Map<string, OriginEntry>();
    for (const path of Object.keys(tree).sort()) {
      if (!path.startsWith(folder)) continue;
      const [name = '', ...more] = path.slice(folder.length).split('/');
      if (name !== '' && !names.has(name)) names.set(name, entryOf(name, folder, more.length > 0));
    }
    return [...names.values()];
  };
  const entryOf = (name: string, folder: string, isFolder: boolean): OriginEntry => {
    const path = folder + name;
    const states = tree[path];
    if (isFolder) return { name, path: `${path}/`, kind: 'folder' };
    if (typeof states === 'string') {
      return { name, path, kind: 'web-link', url: states, facts: { sizeBytes: 0 } };
    }
    return { name, path, kind: 'file', facts: { sizeBytes: states?.at(-1)?.length ?? 0 } };
  };
  const statesOf = (path: string) => {
    const states = tree[path];
    return states === undefined || typeof states === 'string' ? [] : states;
  };
  return {
    reads,
    identity: ['memory'],
    top: async () => ({ entries: list(''), failed: [] }),
    list: async ({ path }) => list(path),
    facts: async ({ facts }) => facts,
    async open({ path }) {
      const [file = '', number] = path.split('@');
      const states = statesOf(file);
      const at = number === undefined ? states.length - 1 : Number(number);
      return sourceOf(path, states[at] ?? null, () => reads.push(`${file}@${at}`));
    },
    earlier: async ({ path }) =>
      statesOf(path)
        .slice(0, -1)
        .map((state, at) => ({
          entry: { name: path, path: `${path}@${at}`, kind: 'file' },
          sha1: sha1Of(Buffer.from(state ?? `lost ${at}`)),
        })),
  };
}

function sourceOf(key: string, text: string | null, onRead: () => void): Source {
  const bytes = Buffer.from(text ?? '');
  const readWhole = async () => {
    onRead();
    if (text === null) throw new TransferFailure('not-found', 'it is not there any more');
    return bytes;
  };
  return {
    key,
    fingerprint: sha1Of(bytes),
    isSettled: false,
    sizeBytes: bytes.byteLength,
    sha1: sha1Of(bytes),
    async *read() {
      yield await readWhole();
    },
    readWhole,
    async readInto(target, offset) {
      (await readWhole()).copy(target, 0, offset);
    },
    assertUnchanged: async () => undefined,
    close: async () => undefined,
  };
}
