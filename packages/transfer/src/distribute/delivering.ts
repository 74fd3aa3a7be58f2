/**
 * One file to all of its targets. It is opened, read and hashed once. The targets are gone through one after the other
 * until Box has the file in one of them, sent or found there; from that one it is copied to the others, at once. Each
 * target is an upload of its own in all else: compared, replaced, tried again and reported by itself.
 */
import { type BoxFile, BoxhaulError } from '@boxhaul/client';
import type { BoxTarget } from '../box-folder.ts';
import { type Contents, contentsOf } from '../contents.ts';
import type { JobContext } from '../job.ts';
import { runAll } from '../local-runner.ts';
import type { PartMemory } from '../part-memory.ts';
import { SESSION_FROM_BYTES } from '../plan.ts';
import type { TransferResult, Via } from '../transfer.ts';
import type { UploadItem } from '../upload.ts';
import { uploadWithDetails } from '../uploading.ts';
import type { Place, Places } from '../walk-to-box.ts';
import { Copying, type Twin } from './copying.ts';
import { Gate } from './gate.ts';

/** What all deliveries of a run have in common. */
export class Deliverer {
  readonly #via: Via;
  readonly #memory: PartMemory;
  readonly #gates = new WeakMap<BoxTarget, Gate>();
  /** Targets that Box does not copy to. */
  readonly #sentTo = new Set<string>();

  constructor(via: Via, memory: PartMemory) {
    this.#via = via;
    this.#memory = memory;
  }

  /** Tells the end of each place. @throws what ends the run */
  async deliver(places: Places, context: JobContext): Promise<void> {
    const { item } = places[0];
    await using contents = new SharedContents(item, context);
    const waiting = bestFirst(places);
    let twin: Twin | undefined;
    if (this.#via !== 'upload' && item.entry.kind === 'file') {
      for (let place = waiting.shift(); place; place = waiting.shift()) {
        twin = await this.#put(place, contents, undefined, context);
        if (twin) break;
      }
    }
    const { concurrency, ending } = context;
    await runAll(
      async () => waiting.shift(),
      async (place) => void (await this.#put(place, contents, twin, context)),
      { concurrency, ending, onError: () => undefined },
    );
  }

  /** @returns what it can be copied from now */
  async #put(
    place: Place,
    contents: SharedContents,
    twin: Twin | undefined,
    context: JobContext,
  ): Promise<Twin | undefined> {
    if (context.ending.aborted) return undefined;
    const { label, item } = place;
    const copying = this.#copyingTo(label, twin);
    let sent: BoxFile | undefined;
    // What a session holds can be gone on with by the user who opened it, and only by that one.
    const isSentInParts = item.sizeBytes >= SESSION_FROM_BYTES && !copying;
    const together = {
      open: () => contents.open(),
      // Nobody is to wait for a large file.
      ...(!isSentInParts && { gate: this.#gateOf(place.target) }),
      ...(copying && { copying }),
      sent: (file: BoxFile) => {
        sent = file;
      },
    };
    const means = { memory: this.#memory };
    const work = (as: JobContext) =>
      uploadWithDetails({ ...item, together }, { as, ...means }, context);
    const result = isSentInParts ? await work(context) : await context.share(item.path, work);
    const { state, action } = result;
    if (state === 'transferred' && copying?.isRefused) this.#sentTo.add(label);
    const isCopied = context.dryRun
      ? copying && action && action !== 'version'
      : copying?.hasCopied;
    context.settle({ ...result, target: label, ...(isCopied && { via: 'copy' }) });
    return this.#via === 'upload' ? undefined : await twinOf(result, sent, item, contents);
  }

  #copyingTo(label: string, twin: Twin | undefined): Copying | undefined {
    if (!twin || this.#sentTo.has(label)) return undefined;
    return new Copying(twin, this.#via === 'auto');
  }

  #gateOf(target: BoxTarget): Gate {
    const gate = this.#gates.get(target) ?? new Gate();
    this.#gates.set(target, gate);
    return gate;
  }
}

/**
 * In the order in which the places are most likely to have the file without more being sent than must be: what has its
 * size is most likely the file; what gets a new version has to be sent one in any case.
 */
function bestFirst(places: Places): Place[] {
  const rank = ({ item: { inBox, sizeBytes, mode } }: Place) => {
    const { occupant } = inBox;
    if (occupant?.size === sizeBytes) return 0;
    return mode === 'update' && occupant?.copyable ? 1 : 2;
  };
  return places.toSorted((one, other) => rank(one) - rank(other));
}

/** A file that was there before is copied only if it is what an upload would make now, and nothing more. */
async function twinOf(
  { state, action, reason, sha1, id }: TransferResult,
  sent: BoxFile | undefined,
  { inBox: { occupant } }: UploadItem,
  contents: SharedContents,
): Promise<Twin | undefined> {
  const { copyable } = occupant ?? {};
  if (action === 'version' && !copyable) return undefined;
  if (state === 'transferred' && id !== undefined && sha1 !== undefined) {
    return { id, sha1, versionId: sent?.file_version?.id };
  }
  // A dry run goes on as if it had been sent.
  if (reason?.code === 'dry-run') return { id: '', sha1: '' };
  if (reason?.code !== 'same' || occupant?.sha1 === undefined) return undefined;
  if (occupant.id !== id || !copyable || !(await contents.isOf(copyable.contentModifiedAt)))
    return undefined;
  return { id: occupant.id, sha1: occupant.sha1, versionId: copyable.versionId };
}

/** A file that was opened, and how many are at it. */
interface Opened {
  readonly contents: Contents;
  users: number;
  /** Whoever opens it next gets it anew. */
  isSpoiled: boolean;
}

/** What is to be sent, opened once for all who send it, and once more for each time that it was found changed. */
class SharedContents implements AsyncDisposable {
  readonly #file: Pick<UploadItem, 'origin' | 'entry'>;
  readonly #context: JobContext;
  #current: Promise<Opened> | undefined;

  constructor(file: Pick<UploadItem, 'origin' | 'entry'>, context: JobContext) {
    this.#file = file;
    this.#context = context;
  }

  async open(): Promise<Contents> {
    this.#current ??= this.#open();
    const opened = await this.#current;
    opened.users += 1;
    return { ...opened.contents, close: (failure) => this.#leave(opened, failure) };
  }

  /** Whether this is the time that an upload would give it; any, if the origin knows of none. */
  async isOf(contentModifiedAt: string): Promise<boolean> {
    const { contentModifiedAt: ours } = (await this.#current)?.contents.source ?? {};
    return ours === undefined || Date.parse(ours) === Date.parse(contentModifiedAt);
  }

  async #open(): Promise<Opened> {
    const { signal, memory } = this.#context;
    const { origin, entry } = this.#file;
    try {
      const source = await origin.open(entry, signal);
      const contents = contentsOf(source, signal, memory?.state.hashes, true);
      return { contents, users: 0, isSpoiled: false };
    } catch (error) {
      this.#current = undefined;
      throw error;
    }
  }

  /** What is of no use any more goes with the last who is at it, so that its room is there for what comes next. */
  async #leave(opened: Opened, failure: unknown): Promise<void> {
    opened.users -= 1;
    if (failure instanceof BoxhaulError && failure.recovery === 'restart' && !opened.isSpoiled) {
      opened.isSpoiled = true;
      this.#current = undefined;
    }
    if (opened.isSpoiled && opened.users === 0) await letGo(opened);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opened = await this.#current?.catch(() => undefined);
    if (opened) await letGo(opened);
  }
}

async function letGo({ contents }: Opened): Promise<void> {
  await contents.close();
  await contents.source.close();
}
