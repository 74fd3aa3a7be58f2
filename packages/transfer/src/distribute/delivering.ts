/**
 * One file to all of its targets. It is opened, read, hashed and, where it is sealed, sealed once. The targets are gone through one after the other
 * until Box has the file in one of them, sent or found there; from that one it is copied to the others, at once. Each
 * target is an upload of its own in all else: compared, replaced, tried again and reported by itself.
 */
import type { BoxFile } from '@boxhaul/client';
import type { Form } from '@boxhaul/seal';
import type { JobContext } from '../job.ts';
import { runAll } from '../local-runner.ts';
import type { Source } from '../origins/source.ts';
import { SEALED_SESSION_FROM_BYTES, SESSION_FROM_BYTES } from '../plan.ts';
import type { TransferResult, Via } from '../transfer.ts';
import type { BoxTarget } from '../upload/box-folder.ts';
import type { PartMemory } from '../upload/part-memory.ts';
import type { UploadItem } from '../upload/upload-item.ts';
import { uploadWithDetails } from '../upload/uploading.ts';
import type { Place, Places } from '../upload/walk-to-box.ts';
import { Copying, type Twin } from './copying.ts';
import { Gate } from './gate.ts';
import { SharedContents } from './shared-contents.ts';

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
    let isAllDone = true;
    const put = async (place: Place) => {
      const { twin: made, isDone } = await this.#put(place, contents, twin, context);
      isAllDone &&= isDone;
      return made;
    };
    if (this.#via !== 'upload' && item.entry.kind === 'file') {
      for (let place = waiting.shift(); place; place = waiting.shift()) {
        twin = await put(place);
        if (twin) break;
      }
    }
    const { concurrency, ending } = context;
    await runAll(
      async () => waiting.shift(),
      async (place) => void (await put(place)),
      { concurrency, ending, onError: () => undefined },
    );
    if (isAllDone && !ending.aborted) contents.arrived();
  }

  /** @returns what it can be copied from now, and whether nothing is left to be done */
  async #put(
    place: Place,
    contents: SharedContents,
    twin: Twin | undefined,
    context: JobContext,
  ): Promise<{ twin?: Twin | undefined; isDone: boolean }> {
    if (context.ending.aborted) return { isDone: false };
    const { label, item } = place;
    const copying = this.#copyingTo(label, twin);
    let sent: BoxFile | undefined;
    const sessionFrom = item.sealing ? SEALED_SESSION_FROM_BYTES : SESSION_FROM_BYTES;
    // What a session holds can be gone on with by the user who opened it, and only by that one.
    const isSentInParts = item.sizeBytes >= sessionFrom && !copying;
    const together = {
      open: () => contents.open(),
      seal: (form: Form, source: Source, as: JobContext) => contents.seal(form, source, as),
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
    const { state, action, reason } = result;
    if (state === 'transferred' && copying?.isRefused) this.#sentTo.add(label);
    const isCopied = context.dryRun
      ? copying && action && action !== 'version'
      : copying?.hasCopied;
    context.settle({ ...result, target: label, ...(isCopied && { via: 'copy' }) });
    // Where it may not be put, a later run has no use for what it was sealed to either.
    const isDone = state !== 'failed' || reason?.code === 'no-permission';
    if (this.#via === 'upload') return { isDone };
    return { isDone, twin: await twinOf(result, sent, item, contents) };
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
  const rank = ({ item: { inBox, name, sizeBytes, mode, sealing } }: Place) => {
    const { occupant } = inBox;
    const holds = occupant && sealing ? sealing.opened(occupant, name).sizeBytes : occupant?.size;
    if (holds === sizeBytes) return 0;
    return mode === 'update' && occupant?.copyable ? 1 : 2;
  };
  return places.toSorted((one, other) => rank(one) - rank(other));
}

/**
 * A file that was there before is copied only if it is what an upload would make now, and nothing more: of what is
 * encrypted, only what is known to be so for those who are to open it now, and for nobody else.
 */
async function twinOf(
  { state, action, reason, sha1, id }: TransferResult,
  sent: BoxFile | undefined,
  { inBox: { occupant }, sealing }: UploadItem,
  contents: SharedContents,
): Promise<Twin | undefined> {
  const { copyable } = occupant ?? {};
  if (action === 'version' && !copyable) return undefined;
  if (state === 'transferred' && id !== undefined && sha1 !== undefined) {
    const sealed = sent && sealing?.sealedAs(sent);
    const versionId = sent?.file_version?.id;
    return { id, sha1: sent?.sha1 ?? sha1, versionId, ...(sealed && { sealed }) };
  }
  // A dry run goes on as if it had been sent.
  if (reason?.code === 'dry-run') return { id: '', sha1: '' };
  if (reason?.code !== 'same' || occupant?.sha1 === undefined) return undefined;
  if (occupant.id !== id || !copyable || !(await contents.isOf(copyable.contentModifiedAt)))
    return undefined;
  const sealed = sealing?.sealedAs(occupant);
  if (sealed?.form.isEncrypted && !sealing?.isForThese(occupant.sha1)) return undefined;
  const { id: twinId, sha1: twinSha1 } = occupant;
  const { versionId } = copyable;
  return { id: twinId, sha1: twinSha1, versionId, ...(sealed && { sealed }) };
}
