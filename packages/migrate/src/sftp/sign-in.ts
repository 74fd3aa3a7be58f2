/** The way to an SSH server: directly, or through others, each of which is met and signed in to like any other. */
import type { Duplex } from 'node:stream';
import type { Client, ConnectConfig } from 'ssh2';
import { noAnswerIn } from '../silence.ts';
import { SourceError } from '../source-error.ts';

/** How a server is signed in to. */
export interface SigningIn {
  readonly host: string;
  readonly port: number;
  /** A new one each time. */
  newClient(): Client;
  config(): Promise<ConnectConfig>;
  /** Why the host was refused, if that is why it failed. */
  refusal(): SourceError | undefined;
  /** What is to be said when the server knows none of what was offered. */
  notAdmitted(cause: Error): SourceError;
}

/** How a connection is made. */
export interface Connecting extends SigningIn {
  /** Servers that lead there, the one that is met first at the beginning. */
  readonly through: readonly SigningIn[];
  /** For so long a server may say nothing while it is asked something. */
  readonly silenceMs: number;
}

/** A server that was signed in to, and those that lead there. */
export class WayThere {
  readonly #connecting: Connecting;
  readonly #clients: Client[] = [];
  #isClosed = false;

  constructor(connecting: Connecting) {
    this.#connecting = connecting;
  }

  /**
   * @returns the client of the server; the way is closed when its connection is
   * @throws {SourceError} a host on the way is not the one that is known, or does not admit the user
   */
  async go(): Promise<Client> {
    try {
      let sock: Duplex | undefined;
      for (const jump of this.#connecting.through) {
        const client = await this.#signIn(jump, sock).catch((error: unknown) => {
          throw onTheWay(jump, error);
        });
        sock = await this.#lead(client, jump);
      }
      const client = await this.#signIn(this.#connecting, sock);
      client.once('close', () => this.close());
      return client;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const client of this.#clients.splice(0).reverse()) {
      client.end();
      client.destroy();
    }
  }

  async #signIn(server: SigningIn, sock: Duplex | undefined): Promise<Client> {
    const config = await server.config();
    if (this.#isClosed) throw connectionLost();
    const client = server.newClient();
    this.#clients.push(client);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    client.once('ready', resolve);
    // It stays, since a connection that breaks later says so once more.
    client.on('error', (error) => reject(wordsFor(error, server)));
    client.once('close', () => reject(connectionLost()));
    client.connect({ ...config, ...(sock && { sock }) });
    await promise;
    // Requests are small, and each is waited for.
    client.setNoDelay();
    return client;
  }

  /** From a server on the way to the next. */
  async #lead(client: Client, jump: SigningIn): Promise<Duplex> {
    const { through, silenceMs } = this.#connecting;
    const { host, port } = through[through.indexOf(jump) + 1] ?? this.#connecting;
    const leads = `${jump.host} does not lead on to ${host}:${port}`;
    const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
    const lost = () => reject(connectionLost());
    client.once('close', lost);
    const silent = () => reject(new Error(`${leads}: ${noAnswerIn(silenceMs)}`));
    const timer = setTimeout(silent, silenceMs);
    client.forwardOut('127.0.0.1', 0, host, port, (error, stream) => {
      if (error) reject(new Error(`${leads}: ${error.message}`, { cause: error }));
      else resolve(stream);
    });
    return await promise.finally(() => {
      clearTimeout(timer);
      client.off('close', lost);
    });
  }
}

export function connectionLost(): Error {
  return new Error('the SSH connection was lost');
}

/** Whoever reads it would look for the fault at the other end. */
function onTheWay({ host, port }: SigningIn, error: unknown): unknown {
  if (error instanceof SourceError || !(error instanceof Error)) return error;
  return new Error(`${host}:${port}, which leads there: ${error.message}`, { cause: error });
}

function wordsFor(error: Error, server: SigningIn): Error {
  const { level } = error as { level?: unknown };
  if (level === 'client-authentication') return server.notAdmitted(error);
  return server.refusal() ?? error;
}
