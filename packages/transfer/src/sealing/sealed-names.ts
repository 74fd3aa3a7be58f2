/** What files and folders are called in Box when they are sealed. Pure. */
import {
  type Form,
  formOf,
  LONGEST_NAME_BYTES,
  looksCompressed,
  type NameCipher,
  sealedName,
} from '@boxhaul/seal';
import { foldName, refusedByBox } from '../tree/names.ts';
import { looksEncrypted } from './looks-encrypted.ts';

/** One of the names that a file may have in Box, and the form that the name tells. */
export interface NameAndForm {
  readonly name: string;
  readonly form: Form;
}

export class SealedNames {
  readonly #isEncrypted: boolean;
  readonly #cipher: NameCipher | undefined;

  /** @param cipher where names are encrypted too */
  constructor(isEncrypted: boolean, cipher?: NameCipher) {
    this.#isEncrypted = isEncrypted;
    this.#cipher = cipher;
  }

  /** All that a file may be called, whichever run sent it. */
  ofFile(name: string): readonly NameAndForm[] {
    const forms = looksCompressed(name) ? [true] : [true, false];
    return forms.map((isCompressed) => {
      const form = { isCompressed, isEncrypted: this.#isEncrypted };
      return { form, name: sealedName(this.ofFolder(name), form) };
    });
  }

  ofFolder(name: string): string {
    // Names that are too long have been refused.
    return this.#cipher?.encrypt(name) ?? name;
  }

  /** What is the same of names that Box takes for one: encrypted, `A` and `a` have nothing in common. */
  folded(name: string): string {
    return this.#cipher ? name : foldName(name);
  }

  /** The form that a file of this name in Box has. */
  formOf(nameInBox: string): Form {
    return formOf(nameInBox, { isCompressed: true, isEncrypted: this.#isEncrypted }).form;
  }

  /** What something of this name in Box is called when it is opened. */
  plainOf(nameInBox: string): string {
    const opens = { isCompressed: true, isEncrypted: this.#isEncrypted };
    const { plainName } = formOf(nameInBox, opens);
    return this.#cipher?.decrypt(plainName) ?? plainName;
  }

  /** What a folder of this name in Box is called when names are opened. */
  plainFolder(nameInBox: string): string {
    return this.#cipher?.decrypt(nameInBox) ?? nameInBox;
  }

  /** The name as a person reads it, with what tells its form. */
  legible(nameInBox: string): string {
    const { plainName } = formOf(nameInBox, EVERYTHING);
    const ending = nameInBox.slice(plainName.length);
    return `${this.#cipher?.decrypt(plainName) ?? plainName}${ending}`;
  }

  /**
   * All that something of this name in Box may be called here, whichever run sent it: sealed in whatever form, or not.
   * @returns names, each with whether it is so letter by letter
   */
  mayBe(nameInBox: string): readonly { readonly name: string; readonly isExact: boolean }[] {
    const opened = OPENINGS.map((opens) => formOf(nameInBox, opens).plainName);
    return [...new Set(opened)].flatMap((name) => {
      const decrypted = this.#cipher?.decrypt(name);
      const one = { name, isExact: false };
      return decrypted === undefined ? [one] : [one, { name: decrypted, isExact: true }];
    });
  }

  /** Whether it looks encrypted, and names are not, in this run. */
  isBeyond(nameInBox: string): boolean {
    return this.#cipher === undefined && looksEncrypted(nameInBox);
  }

  /** Why Box would not have this name, sealed. */
  whyRefused(name: string, kind: 'file' | 'folder'): string | undefined {
    if (!this.#cipher) {
      const longest = kind === 'file' ? this.ofFile(name)[0]?.name : name;
      const why = refusedByBox(name) ?? refusedByBox(longest ?? name);
      return why === undefined || longest === name ? why : `sealed, as "${longest}": ${why}`;
    }
    if (!name.isWellFormed()) return 'it is not valid UTF-8';
    const bytes = Buffer.byteLength(name);
    if (bytes <= LONGEST_NAME_BYTES) return undefined;
    return `it has ${bytes} bytes, and an encrypted name may have ${LONGEST_NAME_BYTES}`;
  }
}

const EVERYTHING: Form = { isCompressed: true, isEncrypted: true };

/** By what may be taken off a name. */
const OPENINGS: readonly Form[] = [true, false].flatMap((isCompressed) =>
  [true, false].map((isEncrypted) => ({ isCompressed, isEncrypted })),
);
