/** The transfers that meet every fault, and the calls that each of them makes. */
import type { FaultMatch } from '@boxhaul/emulator';

export interface Column {
  readonly name: string;
  readonly direction: 'upload' | 'download';
  /** Sizes of the files, by path. */
  readonly files: Readonly<Record<string, number>>;
  /** The calls that a fault can befall. */
  readonly places: Readonly<Record<string, FaultMatch>>;
  /** So many runs at once, each with a Box of its own. */
  readonly lanes: number;
  readonly bandwidthBytesPerSecond?: number;
  readonly zip?: 'always';
}

/** One that is sent from memory, an empty one, one that is streamed; in folders that have to be made. */
const SMALL = {
  'a.txt': 100,
  'sub/b.bin': 300_000,
  'sub/empty': 0,
  'sub/deeper/streamed.bin': 1_600_000,
};

const LISTING: FaultMatch = { method: 'GET', path: '/folders/:id/items' };

export const columns: readonly Column[] = [
  {
    name: 'small up',
    direction: 'upload',
    files: SMALL,
    places: {
      listing: LISTING,
      'making a folder': { method: 'POST', path: '/folders' },
      sending: { method: 'POST', path: '/files/content' },
    },
    lanes: 4,
  },
  {
    name: 'large up (session)',
    direction: 'upload',
    files: { 'large.bin': 50_300_000 },
    places: {
      'opening a session': { method: 'POST', path: '/files/upload_sessions' },
      'sending a part': { method: 'PUT', path: '/files/upload_sessions/:id' },
      commit: { method: 'POST', path: '/files/upload_sessions/:id/commit' },
    },
    lanes: 3,
  },
  {
    name: 'small down',
    direction: 'download',
    files: SMALL,
    places: {
      listing: LISTING,
      asking: { method: 'GET', path: '/files/:id/content' },
      fetching: { host: 'download' },
    },
    lanes: 4,
  },
  {
    name: 'large down (ranges)',
    direction: 'download',
    files: { 'large.bin': 48_000_000 },
    places: {
      asking: { method: 'GET', path: '/files/:id/content' },
      fetching: { host: 'download' },
    },
    lanes: 4,
    // Slow enough for a second connection to be worth its while.
    bandwidthBytesPerSecond: 60_000_000,
  },
  {
    name: 'zip down',
    direction: 'download',
    files: SMALL,
    places: {
      listing: LISTING,
      asking: { method: 'POST', path: '/zip_downloads' },
      fetching: { method: 'GET', path: '/zip_downloads/:id/content' },
    },
    lanes: 4,
    zip: 'always',
  },
];

export function isLarge({ files }: Column): boolean {
  return 'large.bin' in files;
}
