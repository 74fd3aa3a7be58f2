import type { WantedFile } from '../download/download.ts';
import type { JobContext } from '../job.ts';

/** How many bytes go by between two events. */
const STEP_BYTES = 256 * 1024;

let begun = 0;

/**
 * Tells of one archive how it comes in, and then how it empties: the bytes of a file that has ended are that file's
 * and no longer the archive's, so that nothing is counted twice.
 */
export class Arrival {
  readonly #context: JobContext;
  readonly #files: number;
  readonly #number: number;
  #bytes: number;
  #bytesDone = 0;
  #toldBytes = 0;

  constructor(files: readonly WantedFile[], context: JobContext) {
    begun += 1;
    this.#number = begun;
    this.#files = files.length;
    this.#bytes = files.reduce((sum, { item }) => sum + item.file.sizeBytes, 0);
    this.#context = context;
    this.#tell();
  }

  /** So many bytes have come, packed as they are. */
  came(bytes: number): void {
    this.#bytesDone = Math.min(bytes, this.#bytes);
    if (this.#bytesDone - this.#toldBytes >= STEP_BYTES) this.#tell();
  }

  /** All has come. */
  isWhole(): void {
    this.#bytesDone = this.#bytes;
    this.#tell();
  }

  /** A file of it has ended. */
  gave({ item }: WantedFile): void {
    this.#bytes -= item.file.sizeBytes;
    this.#bytesDone = this.#bytes;
    this.#tell();
  }

  /** There is no more to it. */
  over(): void {
    if (this.#bytes === 0) return;
    this.#bytes = 0;
    this.#bytesDone = 0;
    this.#tell();
  }

  #tell(): void {
    const [files, bytes, bytesDone] = [this.#files, this.#bytes, this.#bytesDone];
    this.#toldBytes = bytesDone;
    this.#context.emit({ type: 'archive', number: this.#number, files, bytes, bytesDone });
  }
}
