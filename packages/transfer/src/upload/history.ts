/** A file's earlier states beside what is to be done with the file: which of them go up before it, and which cannot. */

import type { Decision } from '../compare.ts';
import type { JobContext } from '../job.ts';
import type { EarlierState } from '../origins/origin.ts';
import type { Carried, Gap } from './carry.ts';
import type { Contents } from './contents.ts';
import { align, versionsInBox } from './earlier-versions.ts';
import type { UploadItem } from './upload-item.ts';

/** What is to be done with a file, and with the states that it had before. */
export interface Plan {
  readonly verdict: Decision;
  /** States that go up before it, oldest first. */
  readonly lacking: readonly EarlierState[];
}

const GO_ON: Decision = { do: 'send', action: 'version' };

/** One file's earlier states in one run; a file without any costs nothing. */
export class History {
  readonly #isKnown: (fileId: string) => boolean;
  #sent = 0;
  #gaps: Gap[] = [];

  /** @param isKnown whether all that comes along with a file is known to be there */
  constructor(isKnown: (fileId: string) => boolean) {
    this.#isKnown = isKnown;
  }

  /** What was sent of it, and what could not be. */
  get carried(): Carried {
    return { done: this.#sent > 0 ? { version: this.#sent } : {}, gaps: this.#gaps };
  }

  done(): void {
    this.#sent += 1;
  }

  gap(gap: Gap): void {
    this.#gaps.push(gap);
  }

  /** These stay behind, since the file takes the place of another. */
  leave(states: readonly EarlierState[]): void {
    if (states.length === 0) return;
    const words = `${versions(states.length)}: what replaces another file comes as it is now (in update mode, all come)`;
    this.gap({ what: 'version', code: 'replaced', words });
  }

  /** Reconsiders what is to be done with a file, now that it is more than one state. */
  async plan(
    verdict: Decision,
    item: UploadItem,
    contents: Contents,
    context: JobContext,
  ): Promise<Plan> {
    this.#gaps = [];
    const asIs = { verdict, lacking: [] };
    const { origin, entry, inBox, mode } = item;
    const { occupant } = inBox;
    if (!origin.earlier || context.dryRun || verdict.do === 'fail') return asIs;
    if (!occupant) return { verdict, lacking: await origin.earlier(entry, context.signal) };
    const isSame = verdict.do === 'skip' && verdict.reason.code === 'same';
    if (isSame && this.#isKnown(occupant.id)) return asIs;
    const states = await origin.earlier(entry, context.signal);
    if (states.length === 0) return asIs;

    const isOneOfThem = states.some(({ sha1 }) => sha1 === occupant.sha1);
    if (!isSame && !isOneOfThem && mode !== 'update') return this.#without(verdict, states);
    const inBoxNow = await versionsInBox(occupant, context);
    const chain = [...states.map(({ sha1 }) => sha1), await contents.sha1()];
    const { reached, matched } = align(chain, inBoxNow);
    const lacking = states.slice(reached);
    // Nothing but what an earlier run sent: that is gone on with in every mode.
    const isHalfDone = reached > 0 && reached < chain.length && matched === inBoxNow.length;
    if (isHalfDone) return { verdict: GO_ON, lacking };
    if (isSame && reached < chain.length && mode === 'update') return { verdict: GO_ON, lacking };
    if (verdict.do === 'send' && verdict.action === 'version') return { verdict, lacking };
    return isSame ? this.#missing(verdict, chain.length - matched) : this.#without(verdict, states);
  }

  /** The same where a file is sealed: what it was before would go as it was. */
  async planSealed(
    verdict: Decision,
    { origin, entry }: UploadItem,
    { signal, dryRun }: JobContext,
  ): Promise<Plan> {
    this.#gaps = [];
    if (origin.earlier && verdict.do === 'send' && !dryRun) {
      const { length } = await origin.earlier(entry, signal);
      const words = `${versions(length)}: what is sealed comes as it is now`;
      if (length > 0) this.gap({ what: 'version', code: 'sealed', words });
    }
    return { verdict, lacking: [] };
  }

  #missing(verdict: Decision, missing: number): Plan {
    if (missing > 0) {
      const words = `${versions(missing)}: the file was in Box before them, and Box puts versions on top only`;
      this.gap({ what: 'version', code: 'versions-before', words });
    }
    return { verdict, lacking: [] };
  }

  /** What is replaced gets one state; what is left alone is none of ours. */
  #without(verdict: Decision, states: readonly EarlierState[]): Plan {
    if (verdict.do === 'send') this.leave(states);
    return { verdict, lacking: [] };
  }
}

function versions(count: number): string {
  return count === 1 ? '1 earlier version' : `${count} earlier versions`;
}
