import type { Condition } from '../condition.ts';
import { conditionOf } from './check.ts';
import type { Side } from './fields.ts';

/**
 * Reads a condition such as `size > 10MB and modified < 30d and ext in (pdf, docx)`. What it may say is in
 * docs/selecting.md.
 *
 * @param options `side`: where the files are that it will be asked of (`disk` for an upload); files on a disk have no
 *   owner and no metadata. `nowMs`: what ages are counted from. @default now
 * @throws {ConditionError} it cannot be understood; the error says where, and what would have been right
 * @example
 * ```ts
 * import { filterOf, parseCondition, upload } from '@boxhaul/transfer';
 *
 * const where = await parseCondition('size < 1GB and not (name like "~*")', { side: 'disk' });
 * await upload({ client, sources: ['.'], folderId, mode: 'upload', filter: filterOf({ where }) });
 * ```
 */
export async function parseCondition(
  text: string,
  options: { readonly side?: Side; readonly nowMs?: number } = {},
): Promise<Condition> {
  // The parser is not loaded by those who have no condition.
  const { readExpression } = await import('./read-expression.ts');
  const { side, nowMs = Date.now() } = options;
  return conditionOf(readExpression(text), { text, side, nowMs });
}
