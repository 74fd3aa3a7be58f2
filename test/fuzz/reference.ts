/**
 * A small Box to hold beside the emulator: who owns what where, who may do what, which names are free. It shares
 * no code with it, and speaks of people by their number.
 */

export type ItemType = 'folder' | 'file' | 'web_link';

/** What a version holds. */
export interface Content {
  readonly bytes: Buffer;
  readonly sha1: string;
}

export interface Version {
  id: string;
  name: string;
  content: Content;
  isTrashed: boolean;
}

export interface Item {
  readonly id: string;
  readonly type: ItemType;
  name: string;
  /** '0': the owner's root folder. */
  parent: string;
  owner: number;
  /** By itself, not in a folder above it. */
  isTrashed: boolean;
  etag: number;
  description: string;
  /** Oldest first; the last one is the current. None unless it is a file. */
  versions: Version[];
  lockedBy: number | undefined;
  /** The id of a lock against moving and deleting. */
  frozen: string | undefined;
  link: { url: string; access: string } | undefined;
  metadata: { values: Record<string, string>; version: number } | undefined;
  comments: { id: string; by: number }[];
}

export interface Grant {
  readonly id: string;
  readonly item: string;
  who: number;
  role: string;
  isAccepted: boolean;
}

export type Right =
  | 'see'
  | 'comment'
  | 'download'
  | 'upload'
  | 'version'
  | 'share'
  | 'rename'
  | 'delete'
  | 'invite'
  | 'settings';

const all: Right[] = [
  'see',
  'comment',
  'download',
  'share',
  'upload',
  'version',
  'rename',
  'delete',
  'invite',
  'settings',
];

/** https://support.box.com/hc/en-us/articles/360044196413 */
const RIGHTS: Readonly<Record<string, readonly Right[]>> = {
  owner: all,
  'co-owner': all,
  editor: all.slice(0, 9),
  'viewer uploader': all.slice(0, 6),
  viewer: all.slice(0, 4),
  previewer: ['see', 'comment'],
  'previewer uploader': ['see', 'comment', 'upload'],
  uploader: ['see', 'upload'],
};

const KINDS: readonly ItemType[] = ['folder', 'file', 'web_link'];

/** The key by which lists are sorted and names are compared. */
export const folded = (name: string): string => name.toLowerCase();

/** Why a name is refused; none when it is a good one. */
export function faultsOfName(name: string): string[] {
  if ([...name].length > 255) return ['400 item_name_too_long'];
  const isBad = name === '' || name === '.' || name === '..' || name.endsWith(' ');
  const isControl = (letter: string) => letter < ' ' || letter === '\u007f';
  const hasBad = [...name].some((letter) => isControl(letter) || letter === '/' || letter === '\\');
  return isBad || hasBad || !name.isWellFormed() ? ['400 item_name_invalid'] : [];
}

export class Reference {
  readonly items = new Map<string, Item>();
  readonly grants = new Map<string, Grant>();
  /** What each person's stream has told, as `TYPE id`. */
  readonly streams: string[][] = [[], [], [], []];

  item(id: string): Item | undefined {
    return this.items.get(id);
  }

  /** The folders above, topmost first. */
  path(item: Item): Item[] {
    const parent = this.items.get(item.parent);
    return parent === undefined ? [] : [...this.path(parent), parent];
  }

  isGone(item: Item): boolean {
    return [...this.path(item), item].some((one) => one.isTrashed);
  }

  isWithin(item: Item, id: string): boolean {
    return item.id === id || this.path(item).some((folder) => folder.id === id);
  }

  may(who: number, item: Item, right: Right): boolean {
    if (item.owner === who) return true;
    const places = new Set([item, ...this.path(item)].map(({ id }) => id));
    return [...this.grants.values()].some(
      (grant) =>
        grant.who === who &&
        grant.isAccepted &&
        places.has(grant.item) &&
        RIGHTS[grant.role]?.includes(right),
    );
  }

  /** What a folder shows: active by themselves, folders first, then by name. */
  children(folderId: string, owner: number): Item[] {
    return inOrder(
      [...this.items.values()].filter(
        (item) => item.parent === folderId && item.owner === owner && !item.isTrashed,
      ),
    );
  }

  /** Everything below a folder that is not in the trash by itself. */
  below(folder: Item): Item[] {
    return this.children(folder.id, folder.owner).flatMap((item) => [item, ...this.below(item)]);
  }

  isTaken(folderId: string, owner: number, name: string, except?: string): boolean {
    return this.children(folderId, owner).some(
      (item) => item.id !== except && folded(item.name) === folded(name),
    );
  }

  size(item: Item): number {
    if (item.type === 'folder')
      return sum(this.children(item.id, item.owner).map((one) => this.size(one)));
    return item.versions.at(-1)?.content.bytes.length ?? 0;
  }

  /** What a person's versions take, those in the trash too. */
  spaceUsed(who: number): number {
    const owned = [...this.items.values()].filter((item) => item.owner === who);
    return sum(owned.flatMap((item) => item.versions.map(({ content }) => content.bytes.length)));
  }

  /** What a person's root folder shows: the own, and the topmost of what others gave. */
  root(who: number): Item[] {
    const given = [...this.grants.values()]
      .filter((grant) => grant.who === who && grant.isAccepted)
      .map((grant) => this.items.get(grant.item))
      .filter((item) => item !== undefined && !item.isTrashed && item.owner !== who) as Item[];
    const ids = new Set(given.map(({ id }) => id));
    const tops = given.filter(
      (item) => !this.path(item).some((folder) => folder.isTrashed || ids.has(folder.id)),
    );
    return inOrder([...this.children('0', who), ...new Set(tops)]);
  }

  trash(who: number): Item[] {
    return inOrder([...this.items.values()].filter((item) => item.isTrashed && item.owner === who));
  }

  /** The ids of the path that a person is shown. */
  shownPath(who: number, item: Item): string[] {
    if (this.isGone(item)) return ['1'];
    const path = this.path(item);
    if (item.owner === who) return ['0', ...path.map(({ id }) => id)];
    const given = new Set(
      [...this.grants.values()]
        .filter((one) => one.who === who && one.isAccepted)
        .map((one) => one.item),
    );
    const top = path.findIndex((folder) => given.has(folder.id));
    return ['0', ...(top === -1 ? [] : path.slice(top).map(({ id }) => id))];
  }

  /** Whose streams tell of an item. */
  readers(item: Item): Set<number> {
    const places = new Set([item, ...this.path(item)].map(({ id }) => id));
    const others = [...this.grants.values()].filter(
      (one) => one.isAccepted && places.has(one.item),
    );
    return new Set([item.owner, ...others.map((grant) => grant.who)]);
  }

  tell(type: string, item: Item, also: Iterable<number> = [], id = item.id): void {
    for (const who of new Set([...this.readers(item), ...also]))
      this.streams[who]?.push(`${type} ${id}`);
  }

  /** A tree has one owner throughout, but for what lies in the trash. */
  give(item: Item, owner: number): void {
    for (const one of [item, ...this.below(item)]) one.owner = owner;
  }

  /** For good, with all below it that did not go to the trash before. */
  purge(item: Item): void {
    for (const one of [...this.below(item), item]) {
      this.items.delete(one.id);
      for (const grant of this.grants.values())
        if (grant.item === one.id) this.grants.delete(grant.id);
    }
  }
}

function inOrder(items: Item[]): Item[] {
  return items.sort(
    (one, other) =>
      KINDS.indexOf(one.type) - KINDS.indexOf(other.type) ||
      Buffer.compare(Buffer.from(folded(one.name)), Buffer.from(folded(other.name))) ||
      Number(one.id) - Number(other.id),
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
