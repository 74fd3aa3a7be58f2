/**
 * What the words of a command line name on Box: a path, an id or an address for one place each, a path with `*`, `?`,
 * `[a-z]`, `{a,b}` or `**` in it for all that it matches. All commands read words here.
 */
import type { BoxClient, BoxItem } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { printable } from '../output/width.ts';
import { type BoxPlace, openPlace } from './box-place.ts';
import { type Listing, type Listings, listingsOf } from './listings.ts';
import { type At, isNot, itemOnPath, kindWords, lookInto } from './on-path.ts';
import {
  ahead,
  literalPattern,
  type PathPattern,
  parsePattern,
  type Rest,
  step,
} from './path-pattern.ts';

export interface FoundPlace extends BoxPlace {
  /** From the root down, with the names as Box has them; undefined of what was named by its id or address. */
  readonly path: string | undefined;
  /** It is one of those that a glob matches, not the one that was named. */
  readonly isMatch: boolean;
}

export interface PlacesOptions {
  /** What is to be known of each item beside the mini form. */
  readonly fields?: readonly string[];
  /**
   * A word for one place that is something else is an error, and a glob takes only these; a bare id is asked for as
   * this first.
   */
  readonly expect?: BoxItem['type'];
  readonly signal: AbortSignal;
}

/**
 * Finds places for one command. Folders are listed once however many words lie in them, and only those that a word
 * leads through; they are as they were when the command first looked.
 */
export interface Places {
  /**
   * All that a word names, each once, in the order of Box's listings; names in braces come as they were typed. A glob
   * that matches nothing is taken as it stands, as shells do, so that a name with brackets in it is found as well; `\`
   * in front of a sign makes it a character of the name, always.
   *
   * @throws {InputError} it is no reference, or nothing that this account may see is there
   * @throws CliError nothing is there under the path, or nothing matches
   */
  at(word: string): AsyncGenerator<FoundPlace, void, void>;
  /** The one place that a word names. @throws as `at`; CliError: it matches several */
  one(word: string): Promise<FoundPlace>;
}

export function openPlaces(client: BoxClient, options: PlacesOptions): Places {
  const { signal, fields = [] } = options;
  const listings = listingsOf(client, { fields, signal });
  const at = (word: string) =>
    word.startsWith('/') ? placesOnPath(word, { client, listings, options }) : placeAt(word);
  async function* placeAt(word: string): AsyncGenerator<FoundPlace, void, void> {
    yield { ...(await openPlace(client, word, options)), path: undefined, isMatch: false };
  }
  return {
    at,
    async one(word) {
      let found: FoundPlace | undefined;
      for await (const place of at(word)) {
        if (found === undefined) found = place;
        else throw severalMatch(word, found, place);
      }
      return found ?? fail(nothingMatches(word, '/'));
    },
  };
}

interface Search {
  readonly client: BoxClient;
  readonly listings: Listings;
  readonly options: PlacesOptions;
}

async function* placesOnPath(word: string, search: Search): AsyncGenerator<FoundPlace, void, void> {
  const { client, options } = search;
  const { expect } = options;
  const pattern = patternOf(word);
  if (!pattern.isGlob) {
    const { item, path } = await itemNamed(word, pattern, search);
    if (expect !== undefined && item.type !== expect) throw isNot(expect, word, item);
    yield { item, path, client, words: path, isMatch: false };
    return;
  }
  const wanted = pattern.onlyFolders ? 'folder' : expect;
  let hasMatches = false;
  for await (const { item, path } of matchesBelow('', '0', pattern.alternatives, search)) {
    if (wanted !== undefined && item.type !== wanted) continue;
    hasMatches = true;
    yield { item, path, client, words: path, isMatch: true };
  }
  if (!hasMatches) {
    const { item, path } = await asItStands(word, pattern, search);
    yield { item, path, client, words: path, isMatch: false };
  }
}

function patternOf(word: string): PathPattern {
  try {
    return parsePattern(word);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CliError(`"${printable(word)}" cannot be followed: ${error.message}`, {
      ways: ['write * or ? where the names have something in common'],
      cause: error,
    });
  }
}

/** What lies on a path without globs. */
async function itemNamed(
  word: string,
  { alternatives: [segments = []] }: PathPattern,
  { client, listings, options }: Search,
): Promise<At> {
  const names = segments.map((segment) => (segment.kind === 'name' ? segment.name : ''));
  return await itemOnPath(word, names, { client, listings, ...options });
}

/** What a glob that matches nothing names when its signs are characters. @throws CliError */
async function asItStands(word: string, pattern: PathPattern, search: Search): Promise<At> {
  const { expect } = search.options;
  const literal = literalPattern(word);
  const found = await itemNamed(word, literal, search).catch((error: unknown) => {
    if (!(error instanceof CliError)) throw error;
  });
  if (found && (expect === undefined || found.item.type === expect)) return found;
  const [only = [], ...others] = pattern.alternatives;
  const signs = only.findIndex(({ kind }) => kind !== 'name');
  if (others.length > 0) throw nothingMatches(word, '/', expect);
  // A slip in what stands before the first sign is told as such.
  const before = { ...pattern, alternatives: [only.slice(0, signs)] };
  throw nothingMatches(word, (await itemNamed(word, before, search)).path, expect);
}

/** What is visited on the way, and what may follow below. */
interface Step extends At {
  readonly isMatch: boolean;
  readonly below: readonly Rest[];
}

/** All matches below a folder: an item, then what matches below it, then the next. */
async function* matchesBelow(
  path: string,
  folderId: string,
  rests: readonly Rest[],
  search: Search,
): AsyncGenerator<At, void, void> {
  const { listings, options } = search;
  for await (const found of withFoldersAhead(stepsIn(path, folderId, rests, search), listings)) {
    options.signal.throwIfAborted();
    if (found.isMatch) yield found;
    if (found.below.length > 0) {
      yield* matchesBelow(found.path, found.item.id, found.below, search);
    }
  }
}

/** What is in a folder and leads on. */
async function* stepsIn(
  path: string,
  folderId: string,
  rests: readonly Rest[],
  { listings }: Search,
): AsyncGenerator<Step, void, void> {
  const listing = listings.of(folderId);
  const { names, isAny } = ahead(rests);
  const named = await itemsNamed(listing, names);
  const items = isAny ? listing.items() : new Set(named.values());
  for await (const item of items) {
    const { isMatch, below } = step(
      rests,
      { name: item.name, isFolder: item.type === 'folder' },
      (name) => named.get(name) === item,
    );
    if (isMatch || below.length > 0) yield { item, path: `${path}/${item.name}`, isMatch, below };
  }
}

async function itemsNamed(
  listing: Listing,
  names: readonly string[],
): Promise<ReadonlyMap<string, BoxItem>> {
  const found = new Map<string, BoxItem>();
  for (const name of names) {
    const item = await listing.named(name);
    if (item) found.set(name, item);
  }
  return found;
}

/** So many folders are being listed while the one before them is worked on. */
const AHEAD = 8;

/** The same, with the folders that come next being read meanwhile. */
async function* withFoldersAhead(
  steps: AsyncGenerator<Step, void, void>,
  listings: Listings,
): AsyncGenerator<Step, void, void> {
  const waiting: Step[] = [];
  for await (const found of steps) {
    waiting.push(found);
    if (found.below.length > 0) listings.of(found.item.id).readAhead(ahead(found.below));
    const first = waiting.length > AHEAD ? waiting.shift() : undefined;
    if (first) yield first;
  }
  yield* waiting;
}

/** @param folder the deepest that is there for all that might match */
function nothingMatches(word: string, folder: string, expect?: BoxItem['type']): CliError {
  const what = expect === undefined ? 'nothing' : `no ${kindWords(expect)}`;
  return new CliError(`"${printable(word)}" matches ${what} on this Box`, {
    ways: [lookInto(folder)],
  });
}

function severalMatch(word: string, one: FoundPlace, other: FoundPlace): CliError {
  return new CliError(`"${printable(word)}" matches more than one place, and one is expected`, {
    details: [one, other].map(({ words }) => printable(words)),
  });
}

function fail(error: CliError): never {
  throw error;
}
