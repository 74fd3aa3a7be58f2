/**
 * Several users of one enterprise who share the work on a job's files, so that each one's limits count. The job's own
 * user finds and makes folders; each file's calls go through one of them all, whoever has the least to do.
 */
import { BoxApiError, type BoxClient } from '@boxhaul/client';
import type { JobContext } from './job.ts';
import type { TransferResult } from './transfer.ts';

/** Another user who may do the work on single files. */
export interface Identity {
  /** For people. */
  readonly name: string;
  /** Acts as this user. */
  readonly client: BoxClient;
}

/** How many folders may be closed to a user who could do nothing yet, before nothing more is tried. */
const FOLDERS_TRIED = 3;

interface Worker {
  /** Absent of the job's own user. */
  readonly identity?: Identity;
  underWay: number;
  begun: number;
  hasWorked: boolean;
  /** Folders, by the job's paths, that are closed to this user with all that is in them. */
  readonly closed: Set<string>;
}

/** Shares the work out. */
export class Identities {
  readonly #first: Worker = newWorker();
  readonly #workers: readonly Worker[];

  /** @param others beside the job's own user */
  constructor(others: readonly Identity[]) {
    this.#workers = [this.#first, ...others.map((identity) => newWorker(identity))];
  }

  /**
   * Does the work on a file as one of them. What is refused to another is done by the job's own user, and if Box lets
   * that one, the other gets no more work in this folder, and the job is told so.
   */
  async share(
    path: string,
    context: JobContext,
    work: (context: JobContext) => Promise<TransferResult>,
  ): Promise<TransferResult> {
    const folder = folderOf(path);
    const worker = leastBusy(this.#workers.filter((one) => isOpenTo(one, folder))) ?? this.#first;
    const { identity } = worker;
    if (!identity) return await busy(worker, () => work(context));
    const result = await busy(worker, () => work({ ...context, client: identity.client }));
    if (!isRefused(result)) {
      worker.hasWorked ||= result.state === 'transferred';
      return result;
    }
    const again = await busy(this.#first, () => work(context));
    if (isRefused(again) || !result.reason) return again;
    worker.closed.add(folder);
    context.emit({ type: 'left-out', user: identity.name, path: folder, reason: result.reason });
    return again;
  }
}

function newWorker(identity?: Identity): Worker {
  const fresh = { underWay: 0, begun: 0, hasWorked: false, closed: new Set<string>() };
  return { ...fresh, ...(identity && { identity }) };
}

async function busy<T>(worker: Worker, work: () => Promise<T>): Promise<T> {
  worker.underWay += 1;
  worker.begun += 1;
  try {
    return await work();
  } finally {
    worker.underWay -= 1;
  }
}

/** The one with the least under way; of several, the one who has done the least. */
export function leastBusy<One extends { underWay: number; begun: number }>(
  workers: readonly One[],
): One | undefined {
  const isLess = (one: One, other: One) =>
    one.underWay === other.underWay ? one.begun < other.begun : one.underWay < other.underWay;
  return workers.reduce<One | undefined>(
    (least, one) => (least && !isLess(one, least) ? least : one),
    undefined,
  );
}

/** Whether a user may be given work in a folder, by what was refused so far. */
export function isOpenTo(
  { closed, hasWorked }: Pick<Worker, 'closed' | 'hasWorked'>,
  folder: string,
): boolean {
  if (closed.size === 0) return true;
  if (!hasWorked && closed.size >= FOLDERS_TRIED) return false;
  for (let at = folder; ; at = folderOf(at)) {
    if (closed.has(at)) return false;
    if (at === '') return true;
  }
}

/** The folder that a path is in; the job's own is empty. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** To a user who has no access, a thing is forbidden, or is not there. */
function isRefused({ state, error }: TransferResult): boolean {
  const isOfBox = state === 'failed' && error instanceof BoxApiError;
  return isOfBox && (error.status === 403 || error.status === 404);
}
