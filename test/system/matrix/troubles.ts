/** What can go wrong while files are moved: each kind, and every place and number of times of it in a transfer. */
import type { TransferEvent } from '@boxhaul/transfer';
import type { Column } from './columns.ts';
import type { Haul, Runner } from './haul.ts';

/** A row of the matrix. */
export interface Kind {
  readonly name: string;
  /** Codes that say it, where a run fails of it. */
  readonly says: readonly string[];
  /** All its troubles in this transfer; none where it cannot happen. */
  in(column: Column): readonly Trouble[];
}

/** One way in which it goes wrong. */
export interface Trouble {
  /** Where, and how often. */
  readonly name: string;
  /** A run gets over it. @default it may fail, if it says why */
  readonly isPassing?: boolean;
  /** How long an answer may take, and how often the client asks again, if it matters. */
  readonly patience?: { patienceMs: number; maxRetries: number };
  /** Who runs the transfer while it lasts. @default this process */
  readonly runner?: Runner;
  /** Why it cannot be made on this machine. */
  readonly leftOut?: string;
  begin(haul: Haul, draw: (below: number) => number): Begun | Promise<Begun>;
}

/** A trouble at work. */
export interface Begun {
  /** Whether the run met it. */
  isMet(): boolean;
  onEvent?(event: TransferEvent): void;
  end(): void | Promise<void>;
}
