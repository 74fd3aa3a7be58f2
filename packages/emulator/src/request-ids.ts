import { randomBytes } from 'node:crypto';

/**
 * Makes ids for requests, cheaply and never twice: a random start and a counter. Box gives each request two that
 * differ: one in the `box-request-id` header and one in the body of an error.
 */
export function requestIds(): { header(): string; body(): string } {
  const run = randomBytes(10).toString('hex');
  let headers = 0;
  let bodies = 0;
  return {
    header: () => run + (headers++).toString(16).padStart(12, '0'),
    body: () => `${run.slice(0, 6)}g${(bodies++).toString(36).padStart(9, '0')}`,
  };
}
