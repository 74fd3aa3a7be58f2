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
  /** A piece has come in and has not been handed on. */
  #isWaiting = false;
  /** The other side has said all that it had to say; a socket tells so even while it is paused. */
  #hasEnded = false;

  constructor(socket: Socket, bytesPerSecond: number) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    this.#out = new Pace(bytesPerSecond);
    this.#in = new Pace(bytesPerSecond);
    socket.on('data', (bytes: Buffer) => {
      socket.pause();
      this.#isWaiting = true;
      after(this.#in.waitMs(bytes.length, performance.now()), () => {
        this.#isWaiting = false;
        if (this.push(bytes)) socket.resume();
        if (this.#hasEnded) this.push(null);
      });
    });
    socket.on('end', () => {
      this.#hasEnded = true;
      if (!this.#isWaiting) this.push(null);
    });
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => {
      // What has come whole is still handed on.
      if (!this.#hasEnded) this.destroy();
    });
  }

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }

  override _read(): void {
    // What came next could be told to wait less, and pass the piece that waits.
    if (!this.#isWaiting) this.#socket.resume();
  }

  override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    after(this.#out.waitMs(bytes.length, performance.now()), () => {
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

/** When each of many pieces may go, so that together they keep to a rate. */
export class Pace {
  #freeAtMs = 0;
  readonly #bytesPerMs: number;

  constructor(bytesPerSecond: number) {
    this.#bytesPerMs = bytesPerSecond / 1000;
  }

  /** Milliseconds from `nowMs` until a piece that comes now has had its time; what comes next waits for it. */
  waitMs(bytes: number, nowMs: number): number {
    this.#freeAtMs = Math.max(nowMs, this.#freeAtMs) + bytes / this.#bytesPerMs;
    return this.#freeAtMs - nowMs;
  }
}

function after(waitMs: number, then: () => void): void {
  if (waitMs < LEAST_WAIT_MS) then();
  else setTimeout(then, waitMs);
}
