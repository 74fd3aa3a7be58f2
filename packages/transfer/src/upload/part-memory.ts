/**
 * The memory that parts of large files are read into, shared by all uploads of a run. Its bound is what
 * keeps a run's memory independent of the size and number of files, and the number of parts in flight.
 */
export class PartMemory {
  readonly #limitBytes: number;
  #usedBytes = 0;
  #used = 0;
  #waiting: { sizeBytes: number; grant: (buffer: Buffer<ArrayBuffer>) => void }[] = [];
  /** Given back and not yet given out again: fresh memory for each part would pile up until collected. */
  #spare: Buffer<ArrayBuffer>[] = [];

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /**
   * A buffer of this size once there is room. Two are given out whatever their size, so that one can be
   * filled while the other travels. Who has one must `release` it.
   */
  async acquire(sizeBytes: number): Promise<Buffer<ArrayBuffer>> {
    if (this.#waiting.length === 0 && this.#fits(sizeBytes)) return this.#take(sizeBytes);
    const { promise, resolve } = Promise.withResolvers<Buffer<ArrayBuffer>>();
    this.#waiting.push({ sizeBytes, grant: resolve });
    return promise;
  }

  release(buffer: Buffer<ArrayBuffer>): void {
    this.#usedBytes -= buffer.byteLength;
    this.#used -= 1;
    this.#spare.push(buffer);
    // In the order of asking, so that a large part is not passed by small ones for ever.
    for (let next = this.#waiting[0]; next && this.#fits(next.sizeBytes); next = this.#waiting[0]) {
      this.#waiting.shift();
      next.grant(this.#take(next.sizeBytes));
    }
    this.#trim();
  }

  #fits(sizeBytes: number): boolean {
    return this.#used < 2 || this.#usedBytes + sizeBytes <= this.#limitBytes;
  }

  #take(sizeBytes: number): Buffer<ArrayBuffer> {
    this.#used += 1;
    this.#usedBytes += sizeBytes;
    const index = this.#spare.findIndex((buffer) => buffer.byteLength === sizeBytes);
    const [spare] = index < 0 ? [] : this.#spare.splice(index, 1);
    this.#trim();
    return spare ?? Buffer.allocUnsafeSlow(sizeBytes);
  }

  /** What is in use and what is spare stay within the bound together. */
  #trim(): void {
    let spareBytes = this.#spare.reduce((sum, buffer) => sum + buffer.byteLength, 0);
    while (this.#spare.length > 0 && this.#usedBytes + spareBytes > this.#limitBytes) {
      spareBytes -= this.#spare.shift()?.byteLength ?? 0;
    }
  }
}
