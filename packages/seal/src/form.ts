/** The form in which a file is kept, which the end of its name tells. */
export interface Form {
  readonly isCompressed: boolean;
  readonly isEncrypted: boolean;
}

const COMPRESSED = '.zst';
const ENCRYPTED = '.age';

/** The characters that sealing adds to a name at most. */
export const LONGEST_SUFFIX = COMPRESSED.length + ENCRYPTED.length;

/**
 * What a file of this name is called in this form.
 * @example
 * ```ts
 * import { sealedName } from '@boxhaul/seal';
 *
 * console.log(sealedName('report.pdf', { isCompressed: true, isEncrypted: true })); // report.pdf.zst.age
 * ```
 */
export function sealedName(name: string, form: Form): string {
  return name + suffixOf(form);
}

/** `.zst.age` */
function suffixOf({ isCompressed, isEncrypted }: Form): string {
  return (isCompressed ? COMPRESSED : '') + (isEncrypted ? ENCRYPTED : '');
}

/**
 * Whether a file has to be compressed for its name alone: it looks as if it were, and to leave it as it is would make
 * it open into something else than it was.
 * @example
 * ```ts
 * import { looksCompressed } from '@boxhaul/seal';
 *
 * console.log(looksCompressed('dump.zst'), looksCompressed('dump.gz')); // true false
 * ```
 */
export function looksCompressed(name: string): boolean {
  return name.toLowerCase().endsWith(COMPRESSED);
}

/**
 * What the end of a name tells: `report.pdf.zst.age` → `report.pdf`, compressed and encrypted. A name that is nothing
 * but an ending is one. Large letters are as good as small ones: to Box `a.AGE` and `a.age` are one name.
 * @param opens what can be opened; an ending that cannot be stays part of the name
 * @example
 * ```ts
 * import { formOf } from '@boxhaul/seal';
 *
 * const { plainName, form } = formOf('a.txt.zst.age', { isCompressed: true, isEncrypted: true });
 * console.log(plainName, form.isCompressed, form.isEncrypted); // a.txt true true
 * ```
 */
export function formOf(name: string, opens: Form): { plainName: string; form: Form } {
  const isEncrypted = opens.isEncrypted && endsIn(name, ENCRYPTED);
  const inner = isEncrypted ? name.slice(0, -ENCRYPTED.length) : name;
  const isCompressed = opens.isCompressed && endsIn(inner, COMPRESSED);
  const plainName = isCompressed ? inner.slice(0, -COMPRESSED.length) : inner;
  return { plainName, form: { isCompressed, isEncrypted } };
}

function endsIn(name: string, suffix: string): boolean {
  return name.length > suffix.length && name.slice(-suffix.length).toLowerCase() === suffix;
}
