/**
 * Failures as they come, for a person who watches: a few lines a second, and of what is beyond them how many they
 * were. A million failures cost as much memory as three.
 */
import type { TransferResult } from '@boxhaul/transfer';
import { formatCount } from './format.ts';
import type { Style } from './style.ts';
import { failureLine } from './summary.ts';

const linesASecond = 3;

export class FailureLines {
  readonly #style: Style;
  #second = Number.NEGATIVE_INFINITY;
  #told = 0;
  #untold = 0;
  #waiting: string[] = [];

  constructor(style: Style) {
    this.#style = style;
  }

  /** @returns whether it gets a line of its own */
  add(result: TransferResult, nowMs: number): boolean {
    this.#turn(nowMs);
    if (this.#told >= linesASecond) {
      this.#untold++;
      return false;
    }
    this.#told++;
    this.#waiting.push(failureLine(result, this.#style));
    return true;
  }

  /** The lines that are due, each given once. */
  take(nowMs: number): string[] {
    this.#turn(nowMs);
    const due = this.#waiting;
    this.#waiting = [];
    return due;
  }

  #turn(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    if (second === this.#second) return;
    this.#second = second;
    this.#told = 0;
    if (this.#untold === 0) return;
    this.#waiting.push(this.#style.red(`  … and ${formatCount(this.#untold)} more failed`));
    this.#untold = 0;
  }
}
