/**
 * A walk's files, gathered for archives: each is compared, then goes on alone or waits for others. It hands out
 * what is to be done next to whoever has time for it: another file, a full archive, or what an archive did not bring.
 */
import {
  compareFile,
  type DownloadItem,
  fetchWanted,
  type WantedFile,
} from '../download/download.ts';
import type { JobContext, Planned } from '../job.ts';
import type { Streams } from '../streams.ts';
import type { TransferResult } from '../transfer.ts';
import type { Walk } from '../tree/tree.ts';
import {
  ARCHIVE_CALLS,
  ARCHIVES_AT_ONCE,
  type ArchiveEnd,
  archivesFor,
  isDue,
  isForZip,
  isFull,
  isHopeless,
  isWorthZip,
  nextStep,
  type ZipMode,
} from './choosing.ts';
import { haul } from './hauling.ts';

/** Files that come as one archive. */
interface Batch {
  readonly files: readonly WantedFile[];
  /** How often they were asked for as an archive before. */
  readonly tries: number;
}

/**
 * A piece of work: a file as the walk found it, one that is known to be fetched, or many. It ends with the result of
 * one file, or tells the job's context of each.
 */
export type Work = () => Promise<TransferResult | undefined>;

/** Takes the place of the walk that it is made of. */
export class Zipping implements Walk<Planned<Work>> {
  readonly settled: Promise<void>;
  readonly #mode: ZipMode;
  readonly #walk: Walk<Planned<DownloadItem>>;
  readonly #context: JobContext;
  readonly #streams: Streams;
  /** Files that wait for others. */
  #gathered: WantedFile[] = [];
  #gatheredBytes = 0;
  #gatheredSinceMs = 0;
  /** What is to be asked for again, as an archive. */
  readonly #batches: Batch[] = [];
  /** What is to be fetched from its own address. */
  readonly #singles: WantedFile[] = [];
  #comparing = 0;
  #hauling = 0;
  #isWalkOver = false;
  #unfetched = { files: 0, bytes: 0 };
  #refused = 0;
  #had = 0;
  #change = Promise.withResolvers<void>();

  constructor(
    mode: ZipMode,
    walk: Walk<Planned<DownloadItem>>,
    context: JobContext,
    streams: Streams,
  ) {
    this.#mode = mode;
    this.#walk = walk;
    this.#context = context;
    this.#streams = streams;
    this.settled = walk.settled;
    context.ending.addEventListener('abort', this.#changed, { once: true });
  }

  async take(): Promise<Planned<Work> | undefined> {
    while (!this.#context.ending.aborted) {
      const ready = this.#ready();
      if (ready) return { item: ready };
      if (this.#mayTakeMore()) {
        const found = await this.#walk.take();
        if (found) return this.#taken(found);
        this.#isWalkOver = true;
        this.#changed();
      } else if (this.#isDone()) break;
      else await this.#change.promise;
    }
    // A signal that lives on would keep all of this alive.
    this.#context.ending.removeEventListener('abort', this.#changed);
    this.#predictUnfetched();
    return undefined;
  }

  #mayTakeMore(): boolean {
    const { length: files } = this.#gathered;
    return !this.#isWalkOver && !isFull({ files, bytes: this.#gatheredBytes });
  }

  #taken(found: Planned<DownloadItem>): Planned<Work> {
    if (!('item' in found)) return found;
    this.#comparing += 1;
    return { item: () => this.#compare(found.item) };
  }

  /** No more will be found: by the walk, or by a comparison under way. */
  #isAllFound(): boolean {
    return this.#isWalkOver && this.#comparing === 0;
  }

  #isDone(): boolean {
    return this.#isAllFound() && this.#hauling === 0 && this.#gathered.length === 0;
  }

  #ready(): Work | undefined {
    if (this.#isAllFound() && !isWorthZip(this.#mode, this.#gathered.length)) this.#letGo();
    const batch = this.#hauling < ARCHIVES_AT_ONCE ? this.#nextBatch() : undefined;
    if (batch) {
      this.#hauling += 1;
      return () => this.#haul(batch);
    }
    const wanted = this.#singles.shift();
    return wanted && (() => this.#fetch(wanted));
  }

  #nextBatch(): Batch | undefined {
    const again = this.#batches.shift();
    if (again) return again;
    const files = this.#gathered;
    const isToGo = this.#isAllFound() ? files.length > 0 : isDue(this.#mode, this.#waiting());
    if (!isToGo) return undefined;
    this.#gathered = [];
    this.#gatheredBytes = 0;
    return { files, tries: 0 };
  }

  #waiting() {
    const { length: files } = this.#gathered;
    const waitedMs = performance.now() - this.#gatheredSinceMs;
    return { files, bytes: this.#gatheredBytes, waitedMs };
  }

  /** What was gathered is fetched file by file. */
  #letGo(): void {
    this.#singles.push(...this.#gathered.splice(0));
    this.#gatheredBytes = 0;
  }

  async #compare(item: DownloadItem): Promise<TransferResult | undefined> {
    const startedMs = performance.now();
    let compared: Awaited<ReturnType<typeof compareFile>>;
    let isGathered = false;
    try {
      compared = await compareFile(item, this.#context);
      isGathered = 'wanted' in compared && this.#gather(compared.wanted);
    } finally {
      this.#comparing -= 1;
      this.#changed();
    }
    if ('result' in compared) {
      this.#countUnfetched(compared.result);
      return compared.result;
    }
    if (isGathered) return undefined;
    return this.#fetch(compared.wanted, startedMs);
  }

  #fetch(wanted: WantedFile, startedMs?: number): Promise<TransferResult> {
    const { path } = wanted.item;
    return this.#context.share(path, (as) => fetchWanted(wanted, as, this.#streams, startedMs));
  }

  /** Whether the file waits for others now. */
  #gather(wanted: WantedFile): boolean {
    const { sizeBytes } = wanted.item.file;
    if (!isForZip(this.#mode, sizeBytes) || this.#isHopeless()) return false;
    if (this.#gathered.length === 0) this.#gatheredSinceMs = performance.now();
    this.#gathered.push(wanted);
    this.#gatheredBytes += sizeBytes;
    return true;
  }

  #isHopeless(): boolean {
    return isHopeless({ refused: this.#refused, had: this.#had });
  }

  async #haul({ files, tries }: Batch): Promise<undefined> {
    try {
      const { end, missing } = await haul(files, this.#context);
      if (end === 'refused') this.#refused += 1;
      else this.#had += 1;
      // Each file that arrived was counted as one that costs a call of its own.
      this.#context.expect((end === 'whole' ? ARCHIVE_CALLS : 0) - files.length + missing.length);
      this.#goOn(missing, end, tries + 1);
    } finally {
      this.#hauling -= 1;
      this.#changed();
    }
  }

  /** Finds another way for what an archive did not bring. */
  #goOn(missing: readonly WantedFile[], end: ArchiveEnd, tries: number): void {
    if (this.#isHopeless()) this.#giveUp();
    const step = this.#isHopeless()
      ? 'singly'
      : nextStep(this.#mode, { end, missing: missing.length, tries });
    if (step === 'singly') this.#singles.push(...missing);
    else if (step === 'again') this.#batches.push({ files: missing, tries });
    else {
      const half = Math.ceil(missing.length / 2);
      this.#batches.push({ files: missing.slice(0, half), tries: 0 });
      this.#batches.push({ files: missing.slice(half), tries: 0 });
    }
  }

  /** Box makes no archives: all that waits for one is fetched file by file. */
  #giveUp(): void {
    for (const { files } of this.#batches.splice(0)) this.#singles.push(...files);
    this.#letGo();
  }

  /** In a dry run: what would have waited for an archive. */
  #countUnfetched({ action, bytes }: TransferResult): void {
    if (!this.#context.dryRun || !action || !isForZip(this.#mode, bytes)) return;
    this.#unfetched.files += 1;
    this.#unfetched.bytes += bytes;
  }

  #predictUnfetched(): void {
    const archives = archivesFor(this.#mode, this.#unfetched);
    if (archives > 0) this.#context.expect(archives * ARCHIVE_CALLS - this.#unfetched.files);
    this.#unfetched = { files: 0, bytes: 0 };
  }

  readonly #changed = (): void => {
    this.#change.resolve();
    this.#change = Promise.withResolvers();
  };
}
