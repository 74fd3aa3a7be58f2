import type { Chance } from '../chance.ts';

/** Box gives each request two ids that differ. */
export interface RequestIds {
  /** For the header `box-request-id`. */
  header(): string;
  /** For the body of an error. */
  body(): string;
}

/** Makes ids for requests, cheaply and never twice: a random start and a counter. */
export function requestIds(chance: Chance): RequestIds {
  const run = chance.hex(10);
  let headers = 0;
  let bodies = 0;
  return {
    header: () => run + (headers++).toString(16).padStart(12, '0'),
    body: () => `${run.slice(0, 6)}g${(bodies++).toString(36).padStart(9, '0')}`,
  };
}
