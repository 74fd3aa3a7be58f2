import { BoxError, type BoxErrorCode, type BoxErrorDetails } from './box-error.ts';
import { isUniqueViolation } from './store/database.ts';

/**
 * What `write` gives.
 * @throws BoxError of this code where another row has already what only one may have
 */
export function orTaken<T>(code: BoxErrorCode, write: () => T, details?: BoxErrorDetails): T {
  try {
    return write();
  } catch (error) {
    if (isUniqueViolation(error)) throw new BoxError(code, details);
    throw error;
  }
}
