/** Whether a large download is worth more connections. Pure. */

/** A connection as fast as this is bound by this machine. */
const FAST_BYTES_PER_SECOND = 300_000_000;

/** More connections are only worth having if they brought so much more. */
const WORTHWHILE = 1.15;

/** What was seen: bytes a second with so many connections, and the most with fewer. */
interface Look {
  rate: number;
  best: number;
  connections: number;
}

export function areMoreWorthwhile({ rate, best, connections }: Look): boolean {
  const isEachFast = rate / connections > FAST_BYTES_PER_SECOND;
  return !isEachFast && rate >= best * WORTHWHILE;
}
