/** What goes to several targets: opened once, read once, and sealed once. */
import { BoxhaulError } from '@boxhaul/client';
import type { Form } from '@boxhaul/seal';
import type { JobContext } from '../job.ts';
import type { Source } from '../origins/source.ts';
import type { SealedFile } from '../sealing/staging.ts';
import { type Contents, contentsOf } from '../upload/contents.ts';
import type { UploadItem } from '../upload/upload-item.ts';

/** A file that was opened, and how many are at it. */
interface Opened {
  readonly contents: Contents;
  /** What it was sealed to, compressed and not. */
  readonly sealed: Map<boolean, Promise<SealedFile>>;
  users: number;
  /** Whoever opens it next gets it anew. */
  isSpoiled: boolean;
}

/** What is to be sent, opened once for all who send it, and once more for each time that it was found changed. */
export class SharedContents implements AsyncDisposable {
  readonly #file: UploadItem;
  readonly #context: JobContext;
  readonly #openedBy = new WeakMap<Source, Opened>();
  #current: Promise<Opened> | undefined;
  #hasArrived = false;

  constructor(file: UploadItem, context: JobContext) {
    this.#file = file;
    this.#context = context;
  }

  async open(): Promise<Contents> {
    this.#current ??= this.#open();
    const opened = await this.#current;
    opened.users += 1;
    return { ...opened.contents, close: (failure) => this.#leave(opened, failure) };
  }

  /**
   * Seals what was opened, once for each form: what is sealed stays until nobody is at it any more.
   * A later run finds it by the first target, whichever it was sealed for.
   */
  async seal(form: Form, source: Source, context: JobContext): Promise<SealedFile> {
    const { sealing, path, name: plainName } = this.#file;
    const sealed = this.#openedBy.get(source)?.sealed;
    const name = sealing?.nameAs(form, { name: plainName, inBox: { unfinished: [] } });
    if (!sealing || !sealed || name === undefined) throw new Error(`${path} is not to be sealed`);
    const { isCompressed } = form;
    const file =
      sealed.get(isCompressed) ?? sealing.seal(this.#file, { name, form }, source, context);
    sealed.set(isCompressed, file);
    try {
      return { ...(await file), done: nothing, close: nothing };
    } catch (error) {
      if (sealed.get(isCompressed) === file) sealed.delete(isCompressed);
      throw error;
    }
  }

  /** It is wherever it was to go: the next run has no use for what it was sealed to. */
  arrived(): void {
    this.#hasArrived = true;
  }

  /** Whether this is the time that an upload would give it; any, if the origin knows of none. */
  async isOf(contentModifiedAt: string): Promise<boolean> {
    const { contentModifiedAt: ours } = (await this.#current)?.contents.source ?? {};
    return ours === undefined || Date.parse(ours) === Date.parse(contentModifiedAt);
  }

  async #open(): Promise<Opened> {
    const { signal, memory } = this.#context;
    const { origin, entry, sealing } = this.#file;
    try {
      const source = await origin.open(entry, signal, memory?.state.hashes);
      // What is sealed on its way is not written down plain.
      const contents = contentsOf(source, signal, memory?.state.hashes, !sealing);
      const opened = { contents, sealed: new Map(), users: 0, isSpoiled: false };
      this.#openedBy.set(source, opened);
      return opened;
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
    if (opened.isSpoiled && opened.users === 0) await letGo(opened, true);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // That it could not be opened was told to whoever asked for it.
    const opened = await this.#current?.catch(() => undefined);
    if (!opened) return;
    await letGo(opened, this.#hasArrived);
    if (this.#hasArrived)
      this.#file.sealing?.forget(this.#file, opened.contents.source, this.#context);
  }
}

/** @param isOfNoUse to a later run, what it was sealed to */
async function letGo({ contents, sealed }: Opened, isOfNoUse: boolean): Promise<void> {
  for (const sealing of sealed.values()) {
    // What became of it was told to whoever asked for it.
    const file = await sealing.catch(() => undefined);
    await (isOfNoUse ? file?.done() : file?.close());
  }
  await contents.close();
  await contents.source.close();
}

/** Those who share it do not end it. */
async function nothing(): Promise<void> {}
