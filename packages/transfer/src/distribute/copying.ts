/** Contents that Box has already, copied to where they are wanted as well: one call, and no bytes. */
import { type BoxFile, BoxhaulError, isBoxError } from '@boxhaul/client';
import type { Form } from '@boxhaul/seal';
import { TransferFailure } from '../reason.ts';
import type { Held } from '../state/seals.ts';
import type { Contents } from '../upload/contents.ts';
import { type Destination, SENT_FIELDS, type Sending } from '../upload/destination.ts';

/** A file in Box that is as an upload would have made it. */
export interface Twin {
  readonly id: string;
  /** The version that has the contents: whatever becomes of the file, no other is copied. */
  readonly versionId?: string | undefined;
  /** Of what is sealed, where it is. */
  readonly sha1: string;
  /** How it is sealed, and what it holds. */
  readonly sealed?: SealedAs;
}

/** A sealed file in Box, as far as it is known what is in it. */
export interface SealedAs {
  readonly form: Form;
  readonly holds: Held;
  /** As it is in Box. */
  readonly sizeBytes: number;
}

/** How often a copy is asked for when nobody can tell whether it was made: the name then says so. */
const TRIES = 3;

/** The way of one file to one folder. */
export class Copying {
  readonly #twin: Twin;
  readonly #mayBeSent: boolean;
  #isRefused = false;
  #hasCopied = false;

  /** @param mayBeSent whether it is sent instead where Box refuses to copy it */
  constructor(twin: Twin, mayBeSent: boolean) {
    this.#twin = twin;
    this.#mayBeSent = mayBeSent;
  }

  /** What is copied. */
  get twin(): Twin {
    return this.#twin;
  }

  /** The contents are there, and were not sent. */
  get hasCopied(): boolean {
    return this.#hasCopied;
  }

  /** Box would not copy it there. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /**
   * Makes the copy, whose SHA-1 is then proven.
   * @returns undefined if they are to be sent: a copy adds no version to a file, and what was copied is to be the same
   * @throws what the client throws: `item_name_in_use`, …; of what is in Box only, what it is refused with as well
   */
  async to(
    destination: Destination,
    contents: Contents,
    sending: Sending,
  ): Promise<BoxFile | undefined> {
    if ('fileId' in destination || this.#isRefused) return undefined;
    if ((await contents.sha1()) !== this.#twin.sha1) return undefined;
    const file = await this.#copy(destination, sending).catch((error: unknown) => {
      if (!this.#mayBeSent || !isRefusal(error)) throw error;
      this.#isRefused = true;
      if (contents.isInBoxOnly) throw error;
      return undefined;
    });
    if (!file) return undefined;
    if (file.sha1 !== this.#twin.sha1) throw this.#wrong(file);
    this.#hasCopied = true;
    return file;
  }

  async #copy(
    { folderId: parentId, name }: { folderId: string; name: string },
    { client, signal }: Sending,
  ): Promise<BoxFile> {
    const { id, versionId, sha1 } = this.#twin;
    const options = { fields: SENT_FIELDS, signal };
    for (let attempt = 1; ; attempt++) {
      try {
        return await client.files.copy(id, { parentId, name, versionId }, options);
      } catch (error) {
        const taken = isBoxError(error, 'item_name_in_use') ? error.conflict : undefined;
        if (attempt > 1 && taken?.sha1 === sha1) return await client.files.get(taken.id, options);
        const isUnknown = error instanceof BoxhaulError && error.recovery === 'retry';
        if (!isUnknown || attempt === TRIES || signal.aborted) throw error;
      }
    }
  }

  #wrong({ id, sha1 }: BoxFile): TransferFailure {
    // It is put away by whoever tries again, and then sent.
    this.#isRefused = this.#mayBeSent;
    const words = `Box made a copy (file ${id}) with the SHA-1 ${sha1}, and ${this.#twin.sha1} was to be copied`;
    const error = new TransferFailure('wrong-contents', words, { recovery: 'restart' });
    return Object.assign(error, { fileId: id });
  }
}

/** The account may not copy it, or not there; or it is gone. */
function isRefusal(error: unknown): boolean {
  return isBoxError(error) && [400, 403, 404, 405].includes(error.status);
}
