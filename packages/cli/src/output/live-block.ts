import type { OutputStream } from '../context.ts';
import { rowsOf, widthOfStyled } from './width.ts';

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const clearToEnd = '\u001b[J';
const clearLine = '\u001b[K';
// Terminals that know it show the whole frame at once; others ignore it.
const beginFrame = '\u001b[?2026h';
const endFrame = '\u001b[?2026l';
/**
 * Some lines at the bottom of a terminal that are drawn again in place, with ordinary lines scrolling
 * away above them. Each frame is one write. The caller keeps lines within the terminal's width.
 */
export class LiveBlock {
  readonly #stream: OutputStream;
  /** Widths of the lines that stand on the screen, from the block's first to its last. */
  #standing: number[] = [];
  #isOpen = false;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  /** Replaces the block. What does not fit into the terminal's height is left out. */
  draw(lines: readonly string[]): void {
    this.#open();
    const fitting = lines.slice(0, Math.max(1, (this.#stream.rows ?? 24) - 1));
    const body = fitting.map((line) => `${line}${clearLine}\n`).join('');
    this.#stream.write(`${beginFrame}${this.#toTop()}${body}${clearToEnd}${endFrame}`);
    this.#standing = fitting.map(widthOfStyled);
  }

  /** Writes lines that stay, where the block stood; the next `draw` puts it below them. */
  writeAbove(text: string): void {
    this.#stream.write(`${this.#toTop()}${clearToEnd}${text}`);
    this.#standing = [];
  }

  /** Takes the block away and gives the cursor back. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    process.off('exit', this.#restore);
    process.off('SIGCONT', this.#continued);
    this.#stream.write(`${this.#toTop()}${clearToEnd}${showCursor}`);
    this.#standing = [];
  }

  #open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    process.on('exit', this.#restore);
    process.on('SIGCONT', this.#continued);
    this.#stream.write(hideCursor);
  }

  /** Lines that were drawn in a wider terminal are folded by it into several rows. */
  #toTop(): string {
    const rows = rowsOf(this.#standing, this.#stream.columns ?? 80);
    return rows === 0 ? '\r' : `\r\u001b[${rows}A`;
  }

  readonly #restore = (): void => {
    this.#stream.write(showCursor);
  };

  /** Behind Ctrl-Z and fg the shell's own lines stand below the block: it begins anew there. */
  readonly #continued = (): void => {
    this.#standing = [];
    this.#stream.write(hideCursor);
  };
}
