/** One run of the model: the emulator, the reference beside it, and what each step needs of both. */
import { createHash } from 'node:crypto';
import { type Answer, Finding, type Person } from './exchange.ts';
import { type Content, type Item, type ItemType, Reference, type Right } from './reference.ts';
import type { World } from './world.ts';

/** A step as it is drawn and shrunk: which, and numbers that pick from what there is. */
export interface Step {
  readonly op: string;
  readonly who: number;
  readonly one: number;
  readonly two: number;
  readonly name: string;
}

/** Carries a step out on both sides. @throws Finding when they do not agree */
export type Act = (play: Play, step: Step) => Promise<void>;

/** An upload session that is open. */
export interface Session {
  readonly id: string;
  readonly who: number;
  readonly folder: string;
  readonly name: string;
  readonly content: Content;
  readonly partSize: number;
  readonly parts: Map<number, { part_id: string; offset: number; size: number }>;
}

/** Few, so that many files have the same. */
const CONTENTS: readonly Content[] = [0, 1, 7, 100, 3000, 70_000, 300_000].map((size, seed) =>
  contentOf(noise(size, seed)),
);

function noise(size: number, seed: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed + 1;
  for (let index = 0; index < size; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
}

function contentOf(bytes: Buffer): Content {
  return { bytes, sha1: createHash('sha1').update(bytes).digest('hex') };
}

let large: Content | undefined;

/** The smallest that an upload session takes. */
export function largeContent(): Content {
  large ??= contentOf(noise(20_000_000, 99));
  return large;
}

export class Play {
  readonly tree = new Reference();
  readonly sessions: Session[] = [];
  readonly world: World;
  #words = 0;

  constructor(world: World) {
    this.world = world;
  }

  person(who: number): Person {
    return this.world.people[who % 4] ?? this.world.people[0];
  }

  /** Mostly whose item it is, often someone who was given it, sometimes anybody. */
  actor({ who, two }: Step, item: Item | undefined): number {
    if (item === undefined || who > 7) return who % 4;
    const given = [0, 1, 2, 3].filter(
      (one) => one !== item.owner && this.tree.may(one, item, 'see'),
    );
    return who > 4 ? (given[two % given.length] ?? item.owner) : item.owner;
  }

  /** Any item of these types, in the trash or not. */
  pick(pick: number, ...types: readonly ItemType[]): Item | undefined {
    const fitting = [...this.tree.items.values()].filter((item) => types.includes(item.type));
    return fitting[pick % fitting.length];
  }

  /** A folder to put something in, mostly one that is there, and whose root it is when it is '0'. */
  place(pick: number): Item | undefined {
    const folders = [...this.tree.items.values()].filter(
      (item) => item.type === 'folder' && (pick % 5 === 0 || !this.tree.isGone(item)),
    );
    return folders[pick % (folders.length + 2)];
  }

  content(pick: number): Content {
    return CONTENTS[pick % CONTENTS.length] ?? { bytes: Buffer.alloc(0), sha1: '' };
  }

  /** Words that were not used before. */
  words(): string {
    this.#words += 1;
    return `words ${this.#words}`;
  }

  call(
    who: number,
    method: string,
    path: string,
    json?: unknown,
    headers?: Record<string, string>,
  ) {
    const body = json === undefined ? {} : { json };
    return this.world.call(this.person(who), method, path, {
      ...body,
      ...(headers && { headers }),
    });
  }

  /** Why someone may not do something to an item, in the emulator's words; none when it is allowed. */
  refusals(who: number, item: Item, ...rights: readonly Right[]): string[] {
    if (!this.tree.may(who, item, 'see')) return ['404 not_found'];
    const isDenied = !rights.every((right) => this.tree.may(who, item, right));
    return [...(this.tree.isGone(item) ? ['404 trashed'] : []), ...(isDenied ? [DENIED] : [])];
  }

  /** The same for what changes an item: locks count, and `ifMatch`. */
  refusalsToChange(who: number, item: Item, rights: readonly Right[], ifMatch?: string): string[] {
    const isSeen = this.tree.may(who, item, 'see');
    if (!isSeen && ifMatch !== undefined) return ['412 precondition_failed', '404 not_found'];
    const isLocked = isSeen && item.lockedBy !== undefined && item.lockedBy !== who;
    const isOld = isSeen && ifMatch !== undefined && ifMatch !== String(item.etag);
    return [
      ...this.refusals(who, item, ...rights),
      ...(isLocked ? ['403 access_denied_item_locked'] : []),
      ...(isOld ? ['412 precondition_failed'] : []),
    ];
  }

  /** Why someone may not put something in a folder; without one it is the own root. */
  refusalsOfPlace(who: number, folder: Item | undefined): string[] {
    return folder === undefined ? [] : this.refusals(who, folder, 'upload');
  }

  taken(folder: Item | undefined, owner: number, name: string, except?: string): string[] {
    const isTaken = this.tree.isTaken(folder?.id ?? '0', owner, name, except);
    return isTaken ? ['409 item_name_in_use'] : [];
  }

  /**
   * Compares an outcome with what was to be expected.
   *
   * @returns whether it was done
   * @throws Finding when it was done and should not, or the other way round, or refused for another reason
   */
  agrees(answer: Answer, refusals: readonly string[], status: number): boolean {
    const outcome =
      answer.status < 400 ? String(answer.status) : `${answer.status} ${answer.json?.code}`;
    const expected = refusals.length === 0 ? [String(status)] : refusals;
    if (expected.includes(outcome)) return refusals.length === 0;
    throw new Finding(`answered ${outcome}, expected ${expected.join(' or ')}`);
  }

  /** Notes a new item as its answer shows it. */
  add(
    json: Answer['json'],
    made: Pick<Item, 'type' | 'name' | 'parent' | 'owner'> & Partial<Item>,
  ): Item {
    const item: Item = {
      id: json.id,
      isTrashed: false,
      etag: 0,
      description: '',
      versions: [],
      lockedBy: undefined,
      frozen: undefined,
      link: undefined,
      metadata: undefined,
      comments: [],
      ...made,
    };
    if (this.tree.item(item.id)) throw new Finding(`the id ${item.id} was given twice`);
    this.tree.items.set(item.id, item);
    this.shows(json, item);
    return item;
  }

  /** @throws Finding unless an answer shows an item as it is */
  shows(json: Answer['json'], item: Item): void {
    const current = item.versions.at(-1);
    const expected = {
      type: item.type,
      id: item.id,
      name: item.name,
      etag: String(item.etag),
      sequence_id: String(item.etag),
      description: item.description,
      'owned_by.id': this.person(item.owner).id,
      item_status: this.tree.isGone(item) ? 'trashed' : 'active',
      ...(item.type === 'web_link' ? {} : { size: this.tree.size(item) }),
      ...(current && { sha1: current.content.sha1, 'file_version.id': current.id }),
    };
    for (const [path, value] of Object.entries(expected)) {
      const shown = path.split('.').reduce((json, member) => json?.[member], json);
      if (shown !== value) {
        const both = `${JSON.stringify(shown)}, expected ${JSON.stringify(value)}`;
        throw new Finding(`${item.type} ${item.id} shows ${path} ${both}`);
      }
    }
  }
}

export const DENIED = '403 access_denied_insufficient_permissions';
