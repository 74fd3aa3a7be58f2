/** What sealed files are known to hold, from Box's metadata and from what this machine remembers. */
import { type BoxItem, isBoxError } from '@boxhaul/client';
import type { Recipients } from '@boxhaul/seal';
import type { JobContext } from '../job.ts';
import type { Held, Known, Seals } from '../state/seals.ts';
import { findSealTemplate, type SealTemplate } from './template.ts';

interface SealedFile {
  readonly id: string;
  /** Of what is sealed. */
  readonly sha1: string;
}

export class KnownSeals {
  readonly #template: SealTemplate | undefined;
  readonly #seals: Seals | undefined;
  /** By the SHA-1 of what is sealed; where nothing is remembered between runs, all that is known. */
  readonly #held = new Map<string, Known>();
  /** Files whose metadata says it. */
  readonly #said = new Set<string>();
  /** Who may put files into a folder may not always write their metadata: uploaders may not. */
  #isSayingRefused = false;

  private constructor(template: SealTemplate | undefined, seals: Seals | undefined) {
    this.#template = template;
    this.#seals = seals;
  }

  /** A call. */
  static async open({ client, signal, memory, expect }: JobContext): Promise<KnownSeals> {
    expect(1);
    return new KnownSeals(await findSealTemplate(client, { signal }), memory?.state.seals);
  }

  /** What listings are to say of each item beside the usual. */
  get fields(): readonly string[] {
    return this.#template ? [this.#template.field] : [];
  }

  /** Hears what a listing says. */
  saw(item: BoxItem): void {
    const held = this.#template?.read(item);
    if (!held || item.type !== 'file') return;
    this.#said.add(item.id);
    if (this.#seals) this.#seals.hear(item.sha1, held);
    else if (this.#held.get(item.sha1)?.isHearsay !== false) {
      this.#held.set(item.sha1, { ...held, isHearsay: true });
    }
  }

  /** What sealed bytes with this SHA-1 hold, if that is known. */
  find(sealedSha1: string | undefined): Known | undefined {
    if (sealedSha1 === undefined) return undefined;
    return this.#seals ? this.#seals.find(sealedSha1) : this.#held.get(sealedSha1);
  }

  /** What was found out by opening: what Box's metadata says counts for nothing beside it. */
  learn(sealedSha1: string, held: Held): void {
    if (this.#seals) this.#seals.learn(sealedSha1, held);
    else this.#held.set(sealedSha1, { ...held, isHearsay: false });
  }

  /** What was sealed by this process, before anybody has it. */
  sealed(sealedSha1: string, held: Held, recipients: Recipients | undefined): void {
    if (this.#seals) this.#seals.put(sealedSha1, held, wordsOf(recipients));
    else this.#held.set(sealedSha1, { ...held, isHearsay: false });
  }

  /** Whether it is known to have been sealed for these recipients and nobody else. */
  isFor(sealedSha1: string, recipients: Recipients): boolean {
    return this.#seals?.isFor(sealedSha1, wordsOf(recipients)) ?? false;
  }

  /**
   * Has Box's metadata say what is in a file that was sent now. Where that is not allowed, this machine knows it all the
   * same, and the run asks no further time.
   */
  async say(file: SealedFile, { signal, expect, dryRun }: JobContext): Promise<void> {
    const held = this.find(file.sha1);
    if (!this.#template || !held || this.#isSayingRefused) return;
    expect(1);
    try {
      if (!dryRun) await this.#template.write(file, held, this.#said.has(file.id), { signal });
      this.#said.add(file.id);
    } catch (error) {
      if (!isBoxError(error) || error.status !== 403) throw error;
      this.#isSayingRefused = true;
    }
  }

  /** The same of a copy, which comes with what was said of the other file if the template is made so. */
  async sayOfCopy(file: SealedFile, of: { id: string }, context: JobContext): Promise<void> {
    if (this.#template?.isCopied && this.#said.has(of.id)) this.#said.add(file.id);
    else await this.say(file, context);
  }

  /** Counts, in a dry run, what it takes to say it of a file that would be there. */
  expectToSay(isCopied: boolean, { expect }: JobContext): void {
    if (this.#template && !(isCopied && this.#template.isCopied)) expect(1);
  }

  /** The same of a file that was there: an earlier run may have ended before it came to that. */
  async sayWhereUnsaid(file: SealedFile, context: JobContext): Promise<void> {
    if (!this.#said.has(file.id)) await this.say(file, context);
  }
}

function wordsOf(recipients: Recipients | undefined): string {
  return recipients?.list.toSorted().join(' ') ?? '';
}
