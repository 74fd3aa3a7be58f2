/**
 * What the two sides make of a name. Box takes `A` and `a` for one name, a local disk often does not;
 * Box refuses names that disks allow, and what comes from Box may be a name that no disk should see.
 * Unicode is left as it is: composed and decomposed accents are different names on both sides.
 */
import { createHash } from 'node:crypto';

const LONGEST_BOX_NAME = 255;

/**
 * Why Box would refuse this name of a file or folder, in words, or undefined. Of a copy it would quietly leave out what
 * it does not allow.
 *
 * @see https://developer.box.com/guides/folders/single/create/
 * @example
 * ```ts
 * import { refusedByBox } from '@boxhaul/transfer';
 *
 * console.log(refusedByBox('report.pdf')); // undefined
 * console.log(refusedByBox('1/2')); // Box allows no / in a name
 * ```
 */
export function refusedByBox(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'Box has no such name';
  if (name.includes('/')) return 'Box allows no / in a name';
  if (name.includes('\\')) return 'Box allows no \\ in a name';
  if (hasControlCharacter(name)) return 'Box allows no control characters in a name';
  if (name.endsWith(' ')) return 'Box allows no space at the end of a name';
  if (!name.isWellFormed()) return 'it is not valid UTF-8, and Box takes Unicode names only';
  const characters = [...name].length;
  if (characters > LONGEST_BOX_NAME) {
    return `it has ${characters} characters, and Box allows ${LONGEST_BOX_NAME}`;
  }
  return undefined;
}

/** Why a name from Box must not be used on this machine's disk, or undefined. */
export function unsafeOnDisk(name: string, platform: NodeJS.Platform): string | undefined {
  if (name === '') return 'it is empty';
  if (name === '.' || name === '..') return 'it means another folder';
  if (name.includes('/')) return 'it has a / in it';
  if (name.includes('\0')) return 'it has a NUL character in it';
  if (!name.isWellFormed()) return 'it is not valid Unicode';
  return platform === 'win32' ? unsafeOnWindows(name) : undefined;
}

const WINDOWS_DEVICE = /^(con|conin\$|conout\$|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])( *\..*)?$/i;

function unsafeOnWindows(name: string): string | undefined {
  if (/[\\<>:"|?*]/.test(name)) return 'Windows does not allow one of its characters';
  if (hasControlCharacter(name)) return 'Windows allows no control characters in a name';
  if (/[. ]$/.test(name)) return 'Windows allows no dot or space at the end of a name';
  if (WINDOWS_DEVICE.test(name)) return 'Windows means a device by it';
  return undefined;
}

function hasControlCharacter(name: string): boolean {
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

/** Two names with the same fold are one name to Box. */
export function foldName(name: string): string {
  return name.toLowerCase();
}

/** Names that are different here and the same in Box; `first` is what to keep. */
export interface Collision {
  first: string;
  others: string[];
}

/**
 * Which of these names Box could not tell apart; `first` is the earliest given.
 * @param folded what is the same of names that are
 */
export function collisionsAmong(names: readonly string[], folded = foldName): Collision[] {
  if (!haveCollisions(names, folded)) return [];
  const firsts = new Map<string, string>();
  const collisions = new Map<string, Collision>();
  for (const name of names) {
    const fold = folded(name);
    const first = firsts.get(fold);
    if (first === undefined) firsts.set(fold, name);
    else if (!collisions.get(fold)?.others.push(name))
      collisions.set(fold, { first, others: [name] });
  }
  return [...collisions.values()];
}

/** In a list, which takes a tenth of the memory of a map: mostly there are none. */
function haveCollisions(names: readonly string[], folded: (name: string) => string): boolean {
  const folds = names.map(folded).sort((one, other) => (one < other ? -1 : 1));
  return folds.some((fold, index) => fold === folds[index - 1]);
}

/**
 * The name under which a new file waits in Box while the old one still has the real name. It begins with
 * the real name, for whoever meets it, and says which name and which contents it is for, so that a later
 * run can finish what this one began.
 */
export function unfinishedName(name: string, sha1: string): string {
  return `${cut(name)}.${nameTag(name)}-${sha1.slice(0, 16)}.boxhaul-new`;
}

const UNFINISHED = /\.([0-9a-f]{12})-[0-9a-f]{16}\.boxhaul-new$/;

/** Whose waiting file this is (a `nameTag`), or undefined for any other name. */
export function unfinishedTagOf(name: string): string | undefined {
  return UNFINISHED.exec(name)?.[1];
}

/** Tells real names apart within the names of waiting files. */
export function nameTag(name: string): string {
  return createHash('sha1').update(name).digest('hex').slice(0, 12);
}

/** As much of a name as leaves room for what follows, never half of a character. */
function cut(name: string): string {
  return [...name].slice(0, 180).join('');
}
