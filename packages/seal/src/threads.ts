/**
 * Threads for compressing and encrypting, as many as there are cores: made when there is work for them, shared by all
 * that is sealed and opened in this process, and no reason for it to stay alive.
 */
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { perform, type Task } from './task.ts';
import type { Outcome } from './task-worker.ts';

/** More than these would not be fed: what reads and writes is one thread. */
const MOST_THREADS = 8;
export const THREADS = Math.min(availableParallelism(), MOST_THREADS);

/** What is done sooner than it is handed to another thread and back. */
const LITTLE_BYTES = 64 * 1024;

/**
 * A thread that may have a large heap lets as much lie beside it, of memory that pieces were in, before it collects;
 * this much is several times what one needs.
 */
const LITTLE_GARBAGE = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 };

interface Waiting {
  readonly task: Task;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  inHand: Waiting | undefined;
}

const threads = new Set<Thread>();
const waiting: Waiting[] = [];

/**
 * Does a task; the memory of `bytes` is handed over, and what comes of it is in the same.
 * @returns undefined where what was to be opened is not what was sealed
 */
export async function onThread(task: Task): Promise<Outcome> {
  if (task.bytes.byteLength <= LITTLE_BYTES) return perform(task);
  return new Promise((resolve, reject) => {
    waiting.push({ task, resolve, reject });
    assign();
  });
}

function assign(): void {
  const thread = waiting.length > 0 ? (idle() ?? start()) : undefined;
  const next = thread && waiting.shift();
  if (!thread || !next) return;
  thread.inHand = next;
  thread.worker.ref();
  thread.worker.postMessage(next.task, [next.task.bytes.buffer]);
}

/** After so long without work, threads go; they are soon made again. */
const RESTING_MS = 200;

let rest: NodeJS.Timeout | undefined;

function restSoon(): void {
  clearTimeout(rest);
  rest = setTimeout(() => {
    if ([...threads].some(({ inHand }) => inHand)) return;
    for (const { worker } of threads) void worker.terminate();
    threads.clear();
  }, RESTING_MS).unref();
}

function idle(): Thread | undefined {
  return [...threads].find(({ inHand }) => !inHand);
}

function start(): Thread | undefined {
  if (threads.size === THREADS) return undefined;
  // Beside this file, in the repository (.ts) as where it is installed (.js).
  const worker = new Worker(new URL(`./task-worker${extname(import.meta.url)}`, import.meta.url), {
    resourceLimits: LITTLE_GARBAGE,
  });
  const thread: Thread = { worker, inHand: undefined };
  worker.on('message', (outcome: Outcome) => {
    const done = thread.inHand;
    thread.inHand = undefined;
    worker.unref();
    done?.resolve(outcome);
    assign();
    if (![...threads].some(({ inHand }) => inHand)) restSoon();
  });
  const lost = (error: Error) => {
    if (!threads.delete(thread)) return;
    thread.inHand?.reject(error);
    assign();
  };
  worker.once('error', lost);
  worker.once('exit', (code) => lost(new Error(`a thread ended with code ${code}`)));
  threads.add(thread);
  return thread;
}
