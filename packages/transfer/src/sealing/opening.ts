/** How one download opens what is sealed: what it is called here, what it is known to hold, and the opening itself. */
import type { BoxItem } from '@boxhaul/client';
import {
  type Form,
  formOf,
  type Identities,
  NAME_KEY_FILE,
  type NameCipher,
  open,
} from '@boxhaul/seal';
import type { FileInBox } from '../download/file-in-box.ts';
import { RunningSha1 } from '../hash.ts';
import type { JobContext } from '../job.ts';
import { TransferFailure } from '../reason.ts';
import type { Held } from '../state/seals.ts';
import { asFailure } from './failure.ts';
import { KnownSeals } from './known-seals.ts';
import { looksEncrypted } from './looks-encrypted.ts';
import { findNameKey, openNameKey } from './name-key.ts';
import type { OpenOptions } from './options.ts';

/** What a sealed file is here. */
export interface Sealed {
  readonly form: Form;
  readonly by: Opening;
}

/** What takes opened bytes, in order. */
interface Sink {
  write(chunk: Uint8Array): Promise<void>;
}

export class Opening {
  readonly #identities: Identities | undefined;
  readonly #opens: Form;
  readonly #known: KnownSeals;
  readonly #emit: JobContext['emit'];
  #cipher: NameCipher | undefined;
  #hasTold = false;

  private constructor(
    { identities, decompress = false }: OpenOptions,
    known: KnownSeals,
    emit: JobContext['emit'],
  ) {
    this.#emit = emit;
    this.#identities = identities;
    this.#opens = { isEncrypted: identities !== undefined, isCompressed: decompress };
    this.#known = known;
  }

  /** Looks for what Box says of sealed files; a call. */
  static async open(options: OpenOptions, context: JobContext): Promise<Opening> {
    return new Opening(options, await KnownSeals.open(context), context.emit);
  }

  /**
   * Looks for the key of names that are encrypted, in a folder that is fetched and, if there are such names and no key
   * in it, above.
   */
  async findNames(folderId: string, context: JobContext): Promise<void> {
    if (!this.#identities) return;
    const { key } = await findNameKey(folderId, context, 'where names look encrypted');
    this.#cipher = key && (await openNameKey(key, this.#identities, context));
  }

  /** The same for one file. */
  async findNameOf(file: BoxItem, context: JobContext): Promise<void> {
    const { parent } = file;
    if (parent && looksEncrypted(file.name)) await this.findNames(parent.id, context);
  }

  /** What listings are to say beside the usual. */
  get fields(): readonly string[] {
    return this.#known.fields;
  }

  /** Hears what a listing says. */
  saw(item: BoxItem): void {
    this.#known.saw(item);
  }

  /** Whether it is of no use but to this. */
  isNameKey(item: BoxItem): boolean {
    return this.#identities !== undefined && item.name === NAME_KEY_FILE;
  }

  /** What an item is called when it is opened, and whether there is something to be opened. */
  look(item: BoxItem): { name: string; sealed?: Sealed } {
    if (item.type !== 'file') return { name: this.#plainOf(item.name) };
    const { isEncrypted, isCompressed } = this.#opens;
    // What is encrypted is opened to the end: it was compressed by whoever encrypted it.
    const isAge =
      isEncrypted && formOf(item.name, { isEncrypted, isCompressed: false }).form.isEncrypted;
    const opens = { isEncrypted, isCompressed: isCompressed || isAge };
    const { plainName, form } = formOf(item.name, opens);
    const isSealed = form.isCompressed || form.isEncrypted;
    const name = this.#plainOf(plainName);
    return { name, ...(isSealed && { sealed: { form, by: this } }) };
  }

  /** Whether its name is encrypted, and comes as it is since there is no key to it. */
  isBeyond({ name }: BoxItem): boolean {
    if (!this.#identities || !looksEncrypted(name)) return false;
    const { plainName } = formOf(name, { isEncrypted: true, isCompressed: true });
    return this.#cipher?.decrypt(plainName) === undefined;
  }

  /** What sealed bytes of this SHA-1 hold, if that is known. */
  find(sealedSha1: string): Held | undefined {
    return this.#known.find(sealedSha1);
  }

  /**
   * Opens a file that is here, all of it and proven to be what Box has.
   * @throws {TransferFailure} `not-opened`; `wrong-contents`: what was in it is not what is known to have been sealed
   */
  async opened(
    bytes: AsyncIterable<Uint8Array>,
    form: Form,
    { sha1: sealedSha1 }: Pick<FileInBox, 'sha1'>,
    sink: Sink,
    signal: AbortSignal,
  ): Promise<Held> {
    const running = new RunningSha1();
    let sizeBytes = 0;
    try {
      for await (const chunk of open(bytes, form, this.#identities)) {
        signal.throwIfAborted();
        running.add(chunk);
        sizeBytes += chunk.byteLength;
        await sink.write(chunk);
      }
    } catch (error) {
      throw asFailure(error);
    }
    const held = { sha1: running.hex(), sizeBytes };
    const known = this.#known.find(sealedSha1);
    this.#known.learn(sealedSha1, held);
    if (known && known.sha1 !== held.sha1) {
      const whatIs = `what was in it has the SHA-1 ${held.sha1}`;
      const words = known.isHearsay
        ? `${whatIs}, and Box's metadata says ${known.sha1}: the next run goes by what was in it`
        : `${whatIs}, and ${known.sha1} was sealed`;
      throw new TransferFailure('wrong-contents', words);
    }
    return held;
  }

  #plainOf(name: string): string {
    const plain = this.#cipher?.decrypt(name);
    if (plain === undefined && this.#identities && looksEncrypted(name)) this.#tellNotOpened(name);
    return plain ?? name;
  }

  #tellNotOpened(name: string): void {
    if (this.#hasTold) return;
    this.#hasTold = true;
    const which = this.#cipher
      ? `the key in ${NAME_KEY_FILE} is another's`
      : `there is no ${NAME_KEY_FILE}`;
    const words = `"${name}" looks like an encrypted name, and ${which}: such names come as they are in Box`;
    this.#emit({ type: 'notice', code: 'names-not-opened', words });
  }
}
