/**
 * A path as typed, which may stand for many: `/Team/20??/*.pdf`, `/In/{a,b}.csv`, and with `**` for any number of
 * folders. A folder is visited with all that the names below it may still be, so that none is visited twice, and none
 * in vain.
 */
import { isGlob, nameGlob, unescaped } from './name-glob.ts';

/** One name of a path: itself, a glob, or any number of folders. */
type Segment =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'glob'; matches(name: string): boolean }
  | { readonly kind: 'folders' };

/** What names may follow, from a folder on; empty: nothing more. */
export type Rest = readonly Segment[];

export interface PathPattern {
  /** One for each alternative of the braces. */
  readonly alternatives: readonly Rest[];
  /** Several places may match, or none. */
  readonly isGlob: boolean;
  /** A glob that ends in `/` takes only folders. */
  readonly onlyFolders: boolean;
}

/** Reads a path that begins with `/`. @throws {RangeError} its braces stand for too many paths */
export function parsePattern(path: string): PathPattern {
  const alternatives = bracesExpanded(path).map(segmentsOf);
  const isMany =
    alternatives.length > 1 || alternatives.some((rest) => rest.some((at) => at.kind !== 'name'));
  return { alternatives, isGlob: isMany, onlyFolders: isMany && path.endsWith('/') };
}

/** The same path without any sign: each character stands for itself. */
export function literalPattern(path: string): PathPattern {
  const names = path.split('/').filter((name) => name !== '');
  return {
    alternatives: [names.map((name) => ({ kind: 'name', name: unescaped(name) }))],
    isGlob: false,
    onlyFolders: false,
  };
}

/** What a step into a name leads to. */
export interface Step {
  /** The item is one of those that are meant. */
  readonly isMatch: boolean;
  /** What may follow below it; empty: nothing, and it need not be listed. */
  readonly below: readonly Rest[];
}

/**
 * Steps from a folder to an item in it.
 *
 * @param isNamed whether the item is the one that a segment names
 */
export function step(
  rests: readonly Rest[],
  item: { readonly name: string; readonly isFolder: boolean },
  isNamed: (name: string) => boolean,
): Step {
  const below: Rest[] = [];
  let isMatch = false;
  for (const rest of closed(rests)) {
    const [first, ...more] = rest;
    if (first === undefined) continue;
    if (first.kind === 'folders') {
      below.push(rest);
      // At the end it means all that is there.
      isMatch ||= more.length === 0;
    } else if (first.kind === 'glob' ? first.matches(item.name) : isNamed(first.name)) {
      if (more.length > 0) below.push(more);
      else isMatch = true;
    }
  }
  return { isMatch, below: item.isFolder ? below : [] };
}

/** What leads on from a folder: items of these names, and with `isAny` whatever a glob may match. */
export interface Ahead {
  readonly names: readonly string[];
  readonly isAny: boolean;
}

export function ahead(rests: readonly Rest[]): Ahead {
  const names = new Set<string>();
  let isAny = false;
  for (const [first] of closed(rests)) {
    if (first?.kind === 'name') names.add(first.name);
    else if (first !== undefined) isAny = true;
  }
  return { names: [...names], isAny };
}

/** With what follows `**` where it stands for no folder at all. */
function closed(rests: readonly Rest[]): Rest[] {
  const all: Rest[] = [];
  const waiting = [...rests];
  for (let rest = waiting.shift(); rest !== undefined; rest = waiting.shift()) {
    all.push(rest);
    if (rest[0]?.kind === 'folders') waiting.push(rest.slice(1));
  }
  return all;
}

function segmentsOf(path: string): Segment[] {
  const segments: Segment[] = [];
  for (const text of path.split('/')) {
    if (text === '') continue;
    if (text !== '**') {
      segments.push(
        isGlob(text)
          ? { kind: 'glob', matches: nameGlob(text) }
          : { kind: 'name', name: unescaped(text) },
      );
    } else if (segments.at(-1)?.kind !== 'folders') segments.push({ kind: 'folders' });
  }
  return segments;
}

const MOST_ALTERNATIVES = 1_000;

/** `/a/{b,c/d}` → `/a/b`, `/a/c/d`. Braces without a comma are part of a name. */
function bracesExpanded(path: string): string[] {
  const done: string[] = [];
  const waiting = [path];
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    const braces = firstBraces(text);
    if (braces === undefined) done.push(text);
    else {
      const { before, choices, after } = braces;
      waiting.push(...choices.reverse().map((choice) => before + choice + after));
    }
    if (done.length + waiting.length > MOST_ALTERNATIVES) {
      throw new RangeError(`its braces stand for more than ${MOST_ALTERNATIVES} paths`);
    }
  }
  return done;
}

function firstBraces(
  text: string,
): { before: string; choices: string[]; after: string } | undefined {
  for (let start = 0; start < text.length; start++) {
    if (text[start] === '\\') start++;
    else if (text[start] === '{') {
      const found = choicesFrom(text, start);
      if (found) {
        const { choices, end } = found;
        return { before: text.slice(0, start), choices, after: text.slice(end) };
      }
    }
  }
  return undefined;
}

/** What stands between the brace at `start` and its partner, by its own commas; undefined if it has none. */
function choicesFrom(text: string, start: number): { choices: string[]; end: number } | undefined {
  const choices: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < text.length; at++) {
    const sign = text[at];
    if (sign === '\\') at++;
    else if (sign === '{') depth++;
    else if (sign === ',' && depth === 1) {
      choices.push(text.slice(from, at));
      from = at + 1;
    } else if (sign === '}' && --depth === 0) {
      if (choices.length === 0) return undefined;
      return { choices: [...choices, text.slice(from, at)], end: at + 1 };
    }
  }
  return undefined;
}
