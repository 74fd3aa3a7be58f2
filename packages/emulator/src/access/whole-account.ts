import type { Caller } from '../box.ts';
import { ChallengeError } from '../box-error.ts';

/**
 * Refuses tokens that reach one item only, or may only do one thing, where the answer is about all that a user has.
 *
 * @throws ChallengeError
 */
export function requireWholeAccount({ scopes, restrictedTo }: Caller): void {
  const mayRead = scopes.includes('root_readwrite') || scopes.includes('root_readonly');
  if (!mayRead || restrictedTo?.resource !== undefined) {
    throw new ChallengeError('insufficient_scope');
  }
}
