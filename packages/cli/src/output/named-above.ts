import type { OutputStream } from '../context.ts';
import { rowsOf, widthOfStyled } from './width.ts';

/** More lines than any screen has. */
const mostLines = 500;

/**
 * What was written above a summary since the first failure was named there. Whether the summary has to name them
 * again depends on whether they can still be seen.
 */
export class NamedAbove {
  #failures = 0;
  readonly #widths: number[] = [];

  /** A failure is named among the lines that are written next. */
  failure(): void {
    this.#failures++;
  }

  /** These lines stand there now. */
  wrote(lines: readonly string[]): void {
    if (this.#failures === 0 || this.#widths.length > mostLines) return;
    this.#widths.push(...lines.map(widthOfStyled));
  }

  /**
   * Whether some of so many failures stand there already, and all of them can be seen once these lines are written
   * below. The last row is the shell's.
   */
  canSeeAll(
    failed: number,
    below: readonly string[],
    screen: Pick<OutputStream, 'columns' | 'rows'>,
  ): boolean {
    if (this.#widths.length === 0 || this.#failures < failed) return false;
    const { columns = 80, rows = 24 } = screen;
    return rowsOf([...this.#widths, ...below.map(widthOfStyled)], columns) < rows;
  }
}
