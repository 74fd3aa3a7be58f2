/** How one upload seals: what files are called in Box then, what those there hold, and the sealing itself. */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type BoxItem, InputError } from '@boxhaul/client';
import {
  type Form,
  isWorthCompressing,
  looksCompressed,
  NAME_KEY_FILE,
  PROBE_BYTES,
} from '@boxhaul/seal';
import type { BoxOccupant } from '../compare.ts';
import type { SealedAs } from '../distribute/copying.ts';
import type { JobContext } from '../job.ts';
import type { Source } from '../origins/source.ts';
import { TransferFailure } from '../reason.ts';
import type { Listing } from '../upload/box-folder.ts';
import type { NameInBox } from '../upload/name-in-box.ts';
import { KnownSeals } from './known-seals.ts';
import { findNameKey, makeNameKey, openNameKey } from './name-key.ts';
import type { SealOptions } from './options.ts';
import { type NameAndForm, SealedNames } from './sealed-names.ts';
import { type SealedFile, sealed } from './staging.ts';
import { Turns } from './turns.ts';

/** More at once would be no faster, since one keeps all cores busy, and each has its pieces in memory. */
const SEALED_AT_ONCE = 2;

/** A file that is to be sent, sealed. */
interface ItemToSeal extends NamedInBox {
  readonly folderId: string;
}

/** What it is called here, and what has its name there. */
interface NamedInBox {
  readonly name: string;
  readonly inBox: NameInBox;
}

/** A file in Box, as a listing or an upload tells of it. */
interface InBox {
  readonly name: string;
  readonly sha1?: string;
  readonly size?: number;
}

/** An item in Box, as the source sees it. */
export interface AtSource {
  readonly name: string;
  /** The same with what tells its form. */
  readonly legible: string;
  readonly mayBe: readonly { readonly name: string; readonly isExact: boolean }[];
  readonly isNameKey: boolean;
  /** Its name looks encrypted, and this run encrypts none. */
  readonly isBeyond: boolean;
}

export class Sealing {
  readonly #options: SealOptions;
  readonly #names: SealedNames;
  readonly #known: KnownSeals;
  readonly #turns: Turns;

  private constructor(options: SealOptions, names: SealedNames, known: KnownSeals, turns: Turns) {
    this.#options = options;
    this.#names = names;
    this.#known = known;
    this.#turns = turns;
  }

  /**
   * Looks for what Box says of sealed files, and for the key of names.
   * @throws {InputError} names are to be encrypted for nobody; their key cannot be opened
   */
  static async open(options: SealOptions, folderId: string, context: JobContext): Promise<Sealing> {
    const sealing = await Sealing.begin(options, context);
    return await sealing.into(folderId, context);
  }

  /**
   * Looks for what Box says of sealed files; what they are called in a folder, `into` finds out.
   * @throws {InputError} names are to be encrypted for nobody
   */
  static async begin(options: SealOptions, context: JobContext): Promise<Sealing> {
    const { recipients, encryptNames } = options;
    if (encryptNames && !recipients) {
      throw new InputError('names are encrypted together with what they name: it takes recipients');
    }
    const known = await KnownSeals.open(context);
    const names = new SealedNames(recipients !== undefined);
    return new Sealing(options, names, known, new Turns(SEALED_AT_ONCE));
  }

  /**
   * The same for what goes into one of several folders, each of which has a key of names.
   * @throws {InputError} the key cannot be opened, or is not there any more
   */
  async into(folderId: string, context: JobContext): Promise<Sealing> {
    const { recipients, encryptNames, identities } = this.#options;
    if (!encryptNames || !recipients) return this;
    const found = await findNameKey(folderId, context, 'always');
    const cipher = found.key
      ? await openNameKey(found.key, identities, context)
      : await makeNameKey(folderId, found, recipients, context);
    return new Sealing(this.#options, new SealedNames(true, cipher), this.#known, this.#turns);
  }

  /** What listings are to say beside the usual. */
  get fields(): readonly string[] {
    return this.#known.fields;
  }

  /** Hears what a listing says. */
  saw(item: BoxItem): void {
    this.#known.saw(item);
  }

  folderName(name: string): string {
    return this.#names.ofFolder(name);
  }

  /** Names of which this is the same are one to Box. */
  readonly folded = (name: string): string => this.#names.folded(name);

  whyRefused(name: string, kind: 'file' | 'folder'): string | undefined {
    return this.#names.whyRefused(name, kind);
  }

  /** All that a file may be called in Box. */
  namesOf(name: string): readonly string[] {
    return this.#names.ofFile(name).map((one) => one.name);
  }

  /** What a listing says of a file, whichever form it has. Where it has two, nobody knows which is to give way. */
  inBox(name: string, listing: Listing): NameInBox {
    const names = this.namesOf(name);
    const unfinished = names.flatMap((one) => listing.unfinished(one));
    const found = names.map((one) => listing.find(one)).filter((one) => one !== undefined);
    const [occupant, other] = found;
    if (!occupant || !other || occupant.id === other.id) {
      return { unfinished, ...(occupant && { occupant }) };
    }
    const words = `it is in Box twice, as "${occupant.name}" and "${other.name}": one has to go`;
    return { unfinished, occupant, changed: new TransferFailure('name-collision', words) };
  }

  /** The name of what Box has, or would take, for the same name. */
  nameIn(listing: Listing, name: string): string | undefined {
    const found = [name, ...this.namesOf(name)].map((one) => listing.find(one)?.name);
    const nameInBox = found.find((one) => one !== undefined);
    return nameInBox && this.#names.plainOf(nameInBox);
  }

  /**
   * What an item in Box is to the source: what it would be called there, and all that it may be called there, whichever
   * run sent it.
   */
  atSource({ type, name }: BoxItem): AtSource {
    const names = this.#names;
    return {
      name: type === 'folder' ? names.plainFolder(name) : names.plainOf(name),
      legible: type === 'folder' ? names.plainFolder(name) : names.legible(name),
      mayBe: names.mayBe(name),
      isNameKey: type === 'file' && name === NAME_KEY_FILE,
      isBeyond: names.isBeyond(name),
    };
  }

  /** What has the name, as it compares with what is here: by what it holds. */
  opened(occupant: NonNullable<NameInBox['occupant']>, name: string): BoxOccupant {
    const { id, type, sha1 } = occupant;
    const form = this.#names.formOf(occupant.name);
    if (!isSealed(form) && type === 'file') {
      const { size } = occupant;
      return {
        id,
        type,
        name,
        ...(size !== undefined && { sizeBytes: size }),
        ...(sha1 && { sha1 }),
      };
    }
    const held = this.#known.find(sha1);
    return { id, type, name, ...(held ?? { isOpaque: true }) };
  }

  /** How a file in Box is sealed; undefined if it is not, or if nobody knows what it holds. */
  sealedAs({ name, sha1, size }: InBox): SealedAs | undefined {
    const form = this.#names.formOf(name);
    const holds = this.#known.find(sha1);
    if (!isSealed(form) || !holds || size === undefined) return undefined;
    return { form, holds, sizeBytes: size };
  }

  /** Whether those for whom this run seals, and nobody else, are known to be able to open it. */
  isForThese(sealedSha1: string): boolean {
    const { recipients } = this.#options;
    return !recipients || this.#known.isFor(sealedSha1, recipients);
  }

  /** What a file of this form is called where it goes; undefined if what is there has another form, and a name to match. */
  nameAs(form: Form, { name, inBox: { occupant } }: NamedInBox): string | undefined {
    const names =
      occupant?.type === 'file'
        ? [{ name: occupant.name, form: this.#names.formOf(occupant.name) }]
        : this.#names.ofFile(name);
    return names.find((one) => isDeepStrictEqual(one.form, form))?.name;
  }

  /**
   * How a file is to be sealed where it goes. A new version keeps the form, and so the name, of those before it.
   * @returns undefined if it is best left as it is
   */
  async formFor(item: ItemToSeal, source: Source): Promise<NameAndForm | undefined> {
    const found = await this.#formFor(item, source);
    return isSealed(found.form) ? found : undefined;
  }

  /** Seals a file for where it goes. */
  async seal(
    item: ItemToSeal,
    { name, form }: NameAndForm,
    source: Source,
    context: JobContext,
  ): Promise<SealedFile> {
    const { recipients } = this.#options;
    const place = this.#placeOf(item, name, source, context);
    const toSeal = { source, form, ...(recipients && { recipients }) };
    const file = await this.#turns.take(() => sealed(toSeal, place, context.signal));
    this.#known.sealed(file.source.sha1, file.holds, recipients);
    return file;
  }

  /** Has Box say what is in a file that is there. */
  async say(
    file: { readonly id: string; readonly sha1: string },
    isNew: boolean,
    context: JobContext,
  ): Promise<void> {
    if (isNew) await this.#known.say(file, context);
    else await this.#known.sayWhereUnsaid(file, context);
  }

  /** Has Box say it of a copy of a file, unless the copy came with that. */
  async sayOfCopy(
    file: { readonly id: string; readonly sha1: string },
    of: { readonly id: string },
    context: JobContext,
  ): Promise<void> {
    await this.#known.sayOfCopy(file, of, context);
  }

  /** Counts, in a dry run, the calls that saying it would take. */
  expectToSay(isCopied: boolean, context: JobContext): void {
    this.#known.expectToSay(isCopied, context);
  }

  /** What an earlier run sealed and left is of no use any more. */
  forget(item: ItemToSeal, source: Source, { memory }: JobContext): void {
    if (!memory) return;
    for (const name of this.namesOf(item.name)) {
      memory.state.stagedFiles.remove(stagingKey(memory.account, source, item.folderId, name));
    }
  }

  async #formFor({ name, inBox }: ItemToSeal, source: Source): Promise<NameAndForm> {
    const { occupant } = inBox;
    if (occupant?.type === 'file') {
      return { name: occupant.name, form: this.#names.formOf(occupant.name) };
    }
    const { compress = false } = this.#options;
    const isCompressed = looksCompressed(name) || (compress && (await isWorth(source)));
    const found = this.#names.ofFile(name).find(({ form }) => form.isCompressed === isCompressed);
    if (!found) throw new Error(`${name} has no name in Box`);
    return found;
  }

  #placeOf(
    { folderId }: ItemToSeal,
    name: string,
    source: Source,
    { memory }: JobContext,
  ): Parameters<typeof sealed>[1] {
    if (!memory) return undefined;
    const { state, account } = memory;
    const { directory = join(state.directory, 'sealed') } = this.#options;
    const key = stagingKey(account, source, folderId, name);
    return { files: state.stagedFiles, key, directory };
  }
}

function isSealed({ isCompressed, isEncrypted }: Form): boolean {
  return isCompressed || isEncrypted;
}

async function isWorth(source: Source): Promise<boolean> {
  const beginning = Buffer.alloc(Math.min(PROBE_BYTES, source.sizeBytes));
  await source.readInto(beginning, 0);
  return isWorthCompressing(beginning);
}

function stagingKey(account: string, source: Source, folderId: string, name: string): string {
  return JSON.stringify([account, source.key, folderId, name]);
}
