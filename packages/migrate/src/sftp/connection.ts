/**
 * A connection to an SSH server, with several channels on which files are read at once. It is made when it is first
 * needed, and made again when it was lost: what was asked on it then fails, and is for the asker to ask again.
 */
import type { Client, SFTPWrapper } from 'ssh2';
import { noAnswerIn } from '../silence.ts';
import { type Connecting, connectionLost, WayThere } from './sign-in.ts';

/** More would take from each other: it is one connection, and one thread that decrypts it. */
const MOST_CHANNELS = 4;

/** Puts a request to the server, and hands on its answer. */
export type Question<T> = (
  sftp: SFTPWrapper,
  answer: (error: Error | undefined | null, value: T) => void,
) => void;

/** One channel, on which requests are answered in any order. One that is silent while some are waited for is given up. */
export class Channel {
  readonly sftp: SFTPWrapper;
  /** How many use it. */
  users = 0;
  #isLost = false;
  readonly #waiting = new Set<(error: Error) => void>();
  readonly #silenceMs: number;
  #silence: NodeJS.Timeout | undefined;

  constructor(sftp: SFTPWrapper, client: Client, silenceMs: number) {
    this.sftp = sftp;
    this.#silenceMs = silenceMs;
    const lost = () => this.#lose(connectionLost());
    sftp.once('close', lost).once('end', lost).once('error', lost);
    client.once('close', lost);
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /**
   * Asks the server something.
   * @throws the server's error, with its `code`; or an `Error` without one when the connection was lost
   */
  async ask<T>(question: Question<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.#isLost) throw connectionLost();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    this.#waiting.add(reject);
    this.#silence ??= this.#silenceFromNow();
    try {
      question(this.sftp, (error, value) => {
        this.#hear();
        if (error) reject(error);
        else resolve(value);
      });
      return await promise;
    } finally {
      this.#waiting.delete(reject);
      if (this.#waiting.size === 0) this.#endSilence();
      signal?.removeEventListener('abort', abort);
    }
  }

  /** On a slow line any answer shows that the others may come as well. */
  #hear(): void {
    this.#endSilence();
    if (!this.#isLost) this.#silence = this.#silenceFromNow();
  }

  #silenceFromNow(): NodeJS.Timeout {
    return setTimeout(() => {
      this.#lose(new Error(noAnswerIn(this.#silenceMs)));
      this.sftp.end();
    }, this.#silenceMs);
  }

  #endSilence(): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }

  #lose(error: Error): void {
    this.#isLost = true;
    this.#endSilence();
    for (const reject of this.#waiting) reject(error);
    this.#waiting.clear();
  }
}

export class SftpConnection {
  readonly #connecting: Connecting;
  #client: Promise<Client> | undefined;
  #way: WayThere | undefined;
  #channels: Channel[] = [];
  #openings = new Set<Promise<Channel>>();
  #mostChannels = MOST_CHANNELS;
  #isClosed = false;

  constructor(connecting: Connecting) {
    this.#connecting = connecting;
  }

  /** Does something on the channel that has least to do. */
  async use<T>(work: (channel: Channel) => Promise<T>, signal: AbortSignal): Promise<T> {
    const channel = await this.take(signal);
    try {
      return await work(channel);
    } finally {
      giveBack(channel);
    }
  }

  /** The channel that has least to do; whoever takes it counts in `users` until it is done. */
  async take(signal: AbortSignal): Promise<Channel> {
    const picking = this.#pick();
    try {
      return await orAborted(picking, signal);
    } catch (error) {
      // Nobody is left to use it.
      picking.then(giveBack, () => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#way?.close();
  }

  async #pick(): Promise<Channel> {
    if (this.#isClosed) throw new Error('the SSH connection was closed');
    this.#channels = this.#channels.filter(({ isLost }) => !isLost);
    const idlest = this.#channels.toSorted((one, other) => one.users - other.users)[0];
    const [opening] = this.#openings;
    if (!idlest && opening) {
      // Whether a server lets one in is found out once, and not by everyone who waits for it.
      await opening;
      return this.#pick();
    }
    const isFull = this.#channels.length + this.#openings.size >= this.#mostChannels;
    const channel = idlest && (idlest.users === 0 || isFull) ? idlest : await this.#openOr(idlest);
    channel.users += 1;
    return channel;
  }

  async #openOr(instead: Channel | undefined): Promise<Channel> {
    const opening = this.#open();
    this.#openings.add(opening);
    try {
      return await opening;
    } catch (error) {
      if (!instead || instead.isLost) throw error;
      // The server allows fewer at once.
      this.#mostChannels = Math.max(1, this.#channels.length);
      return instead;
    } finally {
      this.#openings.delete(opening);
    }
  }

  async #open(): Promise<Channel> {
    const client = await this.#connected();
    const { silenceMs } = this.#connecting;
    const channel = new Channel(await openChannel(client, silenceMs), client, silenceMs);
    this.#channels.push(channel);
    return channel;
  }

  #connected(): Promise<Client> {
    this.#client ??= this.#connect().catch((error: unknown) => {
      this.#client = undefined;
      throw error;
    });
    return this.#client;
  }

  async #connect(): Promise<Client> {
    if (this.#isClosed) throw connectionLost();
    const way = new WayThere(this.#connecting);
    this.#way = way;
    const client = await way.go();
    client.once('close', () => {
      if (this.#way === way) this.#client = undefined;
    });
    this.#mostChannels = MOST_CHANNELS;
    return client;
  }
}

function giveBack(channel: Channel): void {
  channel.users -= 1;
}

function openChannel(client: Client, silenceMs: number): Promise<SFTPWrapper> {
  const { promise, resolve, reject } = Promise.withResolvers<SFTPWrapper>();
  const lost = () => reject(connectionLost());
  client.once('close', lost);
  const timer = setTimeout(() => {
    reject(new Error(noAnswerIn(silenceMs)));
    // Whoever does not open a channel answers nothing on the others either.
    client.destroy();
  }, silenceMs);
  client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp)));
  return promise.finally(() => {
    clearTimeout(timer);
    client.off('close', lost);
  });
}

/** Waits, but not beyond the moment in which nothing more is wanted. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
