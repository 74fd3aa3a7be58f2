import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/**
 * A connection that carries at most so many bytes a second in each direction. It stands between a socket and
 * whatever speaks over it (HTTP, TLS), and passes errors and ends on.
 */
export class SlowLink extends Duplex {
  readonly #socket: Socket;
  readonly #out: Pace;
  readonly #in: Pace;

  constructor(socket: Socket, bytesPerSecond: number) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.#out = new Pace(bytesPerSecond);
    this.#in = new Pace(bytesPerSecond);
    socket.on('data', (bytes: Buffer) => {
      socket.pause();
      this.#in.after(bytes.length, () => {
        if (this.push(bytes)) socket.resume();
      });
    });
    socket.on('end', () => this.#in.after(0, () => this.push(null)));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#out.after(bytes.length, () => {
      this.#socket.write(bytes, done);
    });
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}

/** Timers are no finer than this; sooner than that, nothing waits. */
const LEAST_WAIT_MS = 4;

class Pace {
  #freeAt = 0;
  readonly #bytesPerMs: number;

  constructor(bytesPerSecond: number) {
    this.#bytesPerMs = bytesPerSecond / 1000;
  }

  /** Calls `then` when so many bytes have had their time. */
  after(bytes: number, then: () => void): void {
    const now = performance.now();
    this.#freeAt = Math.max(now, this.#freeAt) + bytes / this.#bytesPerMs;
    const waitMs = this.#freeAt - now;
    if (waitMs < LEAST_WAIT_MS) then();
    else setTimeout(then, waitMs);
  }
}
