/**
 * What comes along with a file besides its contents, and with a folder besides what is in it: words about it, people
 * who may see it, what was said of it. Where that comes from is the business of whoever migrates; the engine says when
 * it is due, remembers what is done, and tells what could not be.
 */
import type { BoxClient } from '@boxhaul/client';
import type { OriginEntry } from '../origins/origin.ts';

/** Something that is in Box now, and may have more done with it. */
export interface ItemInBox {
  readonly type: 'file' | 'folder' | 'web_link';
  readonly id: string;
  /** As results name it. */
  readonly path: string;
  /** This run made it: nothing hangs on it that came from the source. */
  readonly isNew: boolean;
}

/** Something that could not come along with an item, which is there all the same. */
export interface Gap {
  /** What is missing: a word, such as `comment` or `lock`. */
  readonly what: string;
  /** Why: a code for programs, words for people. */
  readonly code: string;
  readonly words: string;
  /** It was refused this time, and is tried again by the next run; other gaps stay. */
  readonly mayPass?: boolean;
}

/** What was carried to one item, and what could not be. */
export interface Carried {
  /** How many of each, by the words that gaps use. */
  readonly done: Readonly<Record<string, number>>;
  readonly gaps: readonly Gap[];
}

/** What carrying takes of a run. */
export interface CarryContext {
  /** Acts as the user who made the item, where several share the work. */
  readonly client: BoxClient;
  /** Fires when what is in flight is to be given up. */
  readonly signal: AbortSignal;
  /** Counts calls in Box that a step takes when nothing goes wrong. */
  expect(calls: number): void;
}

/** Does more with what is in Box. It may meet an item again, whole or half done, and then does only the rest. */
export interface Carry {
  /** All that there is to carry for it, in words that change whenever that does; undefined: nothing. */
  fingerprint(entry: OriginEntry): string | undefined;
  /** How many calls it takes for an item that is not there yet, as far as the listing tells. */
  calls(entry: OriginEntry): number;
  /** @throws only what ends the run, or fails for the whole of the item: that becomes a gap */
  carry(entry: OriginEntry, inBox: ItemInBox, context: CarryContext): Promise<Carried>;
}
