/** Names of processes that outlive them, to tell later whether what one had in hand is anybody's still. */
import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

const HOST = createHash('sha1').update(hostname()).digest('hex').slice(0, 8);

/** Tells this process from an earlier one that had the same number. */
const TELLTALE = randomBytes(4).toString('hex');

export const THIS_PROCESS = `${HOST}-${process.pid}-${TELLTALE}`;

const PATTERN = /^([0-9a-f]{8})-([0-9]+)-([0-9a-f]{8})$/;

/** Whose name this is, as far as this machine can tell; `unknown` on another one. */
export function whoIs(name: string): 'this process' | 'another process' | 'unknown' | 'nobody' {
  const [, host, pid, telltale] = PATTERN.exec(name) ?? [];
  if (host !== HOST) return 'unknown';
  if (Number(pid) === process.pid) return telltale === TELLTALE ? 'this process' : 'nobody';
  return isRunning(Number(pid)) ? 'another process' : 'nobody';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
