/**
 * One file sealed, or half of it alone, in a process of its own: `node bench/seal-job.ts '<SealOrder as JSON>'` prints
 * its figures as JSON; without an order, a key.
 */
import { createWriteStream, readFileSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { generateKey, identitiesFrom, open, recipientsFrom, seal } from '@boxhaul/seal';

export interface SealOrder {
  how: 'compress' | 'encrypt' | 'both' | 'open';
  from: string;
  to: string;
  /** What opens it. */
  identity: string;
  recipient: string;
}

export interface SealFigures {
  seconds: number;
  /** Of all threads, in user code and in the kernel. */
  cpuSeconds: number;
  peakBytes: number;
}

const [, , order] = process.argv;
const made = order === undefined ? generateKey() : measured(JSON.parse(order));
console.log(JSON.stringify(await made));

async function measured({ how, from, to, identity, recipient }: SealOrder): Promise<SealFigures> {
  const start = performance.now();
  const form = { isCompressed: how !== 'encrypt', isEncrypted: how !== 'compress' };
  const bytes = contentsOf(from);
  const made =
    how === 'open'
      ? open(bytes, form, identitiesFrom([{ text: identity }]))
      : seal(bytes, form, recipientsFrom([{ text: recipient }]));
  await pipeline(made, createWriteStream(to, { highWaterMark: 4 * 1024 * 1024 }));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage();
  return { seconds, cpuSeconds: (user + system) / 1e6, peakBytes: peakOfThisProcess() };
}

/** In the pieces that the engine reads in, and in memory that it lends, as it does. */
async function* contentsOf(path: string): AsyncGenerator<Uint8Array> {
  await using file = await openFile(path);
  const memory = Buffer.allocUnsafeSlow(512 * 1024);
  for (;;) {
    const { bytesRead } = await file.read(memory, 0, memory.byteLength);
    if (bytesRead === 0) return;
    yield memory.subarray(0, bytesRead);
  }
}

function peakOfThisProcess(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
