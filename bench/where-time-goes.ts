/** What a process was doing, by the profiles that V8 wrote of its JavaScript threads. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As `--cpu-prof` writes it. */
interface Profile {
  nodes: { id: number; callFrame: CallFrame; children?: number[] }[];
  samples: number[];
  /** Microseconds. */
  timeDeltas: number[];
}

interface CallFrame {
  functionName: string;
  url: string;
}

/** Milliseconds, by what they went into; without those in which a thread had nothing to do. */
export type Spent = Map<string, number>;

/** All profiles in a folder together: one of each thread of each process. */
export function spentIn(folder: string): Spent {
  const spent: Spent = new Map();
  for (const name of readdirSync(folder)) {
    const profile: Profile = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const kinds = kindsOf(profile);
    for (const [index, id] of profile.samples.entries()) {
      const kind = kinds.get(id);
      if (kind === undefined) continue;
      spent.set(kind, (spent.get(kind) ?? 0) + (profile.timeDeltas[index] ?? 0) / 1000);
    }
  }
  return spent;
}

function kindsOf({ nodes }: Profile): Map<number, string | undefined> {
  const callers = new Map<number, CallFrame>();
  for (const { callFrame, children = [] } of nodes) {
    for (const child of children) callers.set(child, callFrame);
  }
  return new Map(nodes.map(({ id, callFrame }) => [id, kindOf(callFrame, callers.get(id))]));
}

/** @param caller whoever called it: of what is native, it says for what */
function kindOf({ functionName, url }: CallFrame, caller: CallFrame | undefined) {
  if (functionName === '(idle)') return undefined;
  if (functionName === '(garbage collector)') return 'collecting garbage';
  if (functionName === '(program)') return 'native code that no call tells of';
  if (url === '' && caller) return nativeKind(functionName, caller.url);
  return KINDS.find(([pattern]) => pattern.test(url))?.[1] ?? 'the rest of Node';
}

function nativeKind(functionName: string, url: string): string {
  if (functionName === 'compileFunction' || /internal\/(modules|bootstrap)/.test(url)) return START;
  if (/internal\/crypto/.test(url)) return 'digests and ciphers';
  if (/^node:(internal\/)?fs/.test(url)) return 'the file system';
  if (/stream_base_commons|^node:net/.test(url)) return 'sockets';
  return kindOf({ functionName: '', url: url || 'node:' }, undefined) ?? 'the rest of Node';
}

const START = 'starting, and loading modules';

const KINDS: readonly [RegExp, string][] = [
  [/^node:internal\/(modules|bootstrap|main|process\/pre_execution)/, START],
  [/transfer\/src\/state\//, 'the state (SQLite)'],
  [/\/undici\/|^wasm:/, 'undici'],
  [/\/dist\/bench\//, 'the bare loop'],
  [/\/dist\/emulator\//, 'the emulator'],
  [/\/dist\//, 'Boxhaul'],
  [/^node:(internal\/)?(streams|stream_base_commons|net|tls|_)/, "Node's streams and sockets"],
  [/^node:(internal\/)?fs/, "Node's half of the file system"],
  [/^node:(internal\/)?crypto/, 'digests and ciphers'],
];
