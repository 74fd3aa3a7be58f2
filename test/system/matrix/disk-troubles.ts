/** Troubles of this machine: its disk, and files that do not stay as they are. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync, truncateSync } from 'node:fs';
import { chmod, chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TransferEvent } from '@boxhaul/transfer';
import { asNobody } from './as-nobody.ts';
import { type Column, isLarge } from './columns.ts';
import type { Kind, Trouble } from './troubles.ts';

const isRoot = process.getuid?.() === 0;

/** A file system of so many bytes, until it is given more. */
function fullDisk(sizeBytes: number, name: string): Trouble {
  return {
    name,
    ...(!isRoot && { leftOut: 'only root may mount a small disk' }),
    begin(haul) {
      const mount = (...args: string[]) => execFileSync('mount', [...args, haul.local]);
      mount('-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'none');
      haul.onClose(() => void execFileSync('umount', [haul.local]));
      let isMet = false;
      return {
        isMet: () => isMet,
        onEvent(event) {
          isMet ||= event.type === 'file' && event.result.reason?.code === 'disk-full';
        },
        end: () => void mount('-o', 'remount,size=200m'),
      };
    },
  };
}

/** A path whose permissions are taken from everybody but root. */
function barred(path: string, mode: number, name: string): Trouble {
  return {
    name,
    runner: asNobody,
    ...(process.platform === 'win32' && { leftOut: 'Windows has no such permissions' }),
    async begin(haul) {
      const full = join(haul.local, path);
      if (haul.bench.column.direction === 'download') await mkdir(full, { recursive: true });
      if (isRoot) await chown(full, 65534, 65534);
      await chmod(full, mode);
      return { isMet: () => true, end: () => chmod(full, 0o755) };
    },
  };
}

const actions = {
  changed: (path: string) => appendFileSync(path, 'more'),
  shrunk: (path: string) => truncateSync(path, 50),
  removed: (path: string) => rmSync(path),
};

/** Something is done to a file as soon as its bytes are about to move, or do. */
function whileRead(
  how: keyof typeof actions,
  at: 'file-started' | 'progress',
  isForEver: boolean,
  victim: string,
): Trouble {
  const when = at === 'progress' ? 'in the middle' : 'as it begins';
  return {
    name: `${when}, ${isForEver ? 'again and again' : 'once'}`,
    isPassing: !isForEver && how !== 'removed',
    begin(haul) {
      let done = 0;
      const onEvent = (event: TransferEvent) => {
        if (event.type !== at || event.path !== victim || (done > 0 && !isForEver)) return;
        done += 1;
        actions[how](join(haul.local, victim));
      };
      // What it was made to be, each time, is right for as long as it was that.
      return { isMet: () => done > 0, onEvent, end: () => haul.remember(victim) };
    },
  };
}

function whileReadIn(column: Column, how: keyof typeof actions): Trouble[] {
  if (column.direction === 'download') return [];
  const victim = isLarge(column) ? 'large.bin' : 'sub/deeper/streamed.bin';
  const times = how === 'changed' ? [false, true] : [false];
  return times.flatMap((isForEver) => [
    whileRead(how, 'file-started', isForEver, victim),
    whileRead(how, 'progress', isForEver, victim),
  ]);
}

export const diskTroubles: readonly Kind[] = [
  {
    name: 'disk full',
    says: ['disk-full'],
    in(column) {
      if (column.direction === 'upload') return [];
      const sizes = isLarge(column) ? [4_194_304, 24_000_000] : [4096, 400_000];
      return sizes.map((size) => fullDisk(size, `after ${size} bytes`));
    },
  },
  {
    name: 'no permission on a local file',
    says: ['no-permission'],
    in(column) {
      const large = isLarge(column);
      if (column.direction === 'download') {
        return [barred(large ? '' : 'sub', 0o555, 'a folder that may not be written')];
      }
      const file = barred(large ? 'large.bin' : 'a.txt', 0, 'a file that may not be read');
      return large ? [file] : [file, barred('sub', 0, 'a folder that may not be read')];
    },
  },
  {
    name: 'local file changed while it is read',
    says: ['changed-while-read'],
    in: (column) => whileReadIn(column, 'changed'),
  },
  {
    name: 'local file shrunk while it is read',
    says: ['changed-while-read'],
    in: (column) => whileReadIn(column, 'shrunk'),
  },
  {
    name: 'local file removed while it is read',
    says: ['not-found'],
    in: (column) => whileReadIn(column, 'removed'),
  },
];
