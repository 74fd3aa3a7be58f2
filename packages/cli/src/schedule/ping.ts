/** Tells an address on the web how a run ended, as healthchecks.io and its like want to be told. */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Clock } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import type { Env } from '../environment.ts';
import { ExitCode } from '../exit-codes.ts';
import { isElsewhere, type RunEnd } from './run-end.ts';

/** What a ping needs of its surroundings. */
export interface Pinging {
  readonly clock: Clock;
  /** For proxies. */
  readonly env: Env;
  /** Fires when nobody waits for it any more. */
  readonly signal: AbortSignal;
  /** Fires when the process is to end: it asks no further time. */
  readonly ending: AbortSignal;
}

const TRIES = 3;
const PAUSE_MS = 1000;
const PATIENCE_MS = 10_000;

/**
 * The address, which is a key: nobody is shown more of it than its host.
 * @throws CliError when it is none
 */
export function pingAddress(text: string): URL {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new CliError('--ping-url (or BOXHAUL_PING_URL) is no web address', {
    ways: ['--ping-url https://hc-ping.com/your-uuid'],
  });
}

/**
 * What is asked for after a run: the address itself where all was done, `/fail` below it where something failed, and
 * nothing after a run that was stopped, or left to another process.
 */
export function addressAfter(end: RunEnd, address: URL): URL | undefined {
  if (end.exitCode === ExitCode.interrupted || isElsewhere(end)) return undefined;
  if (end.exitCode === ExitCode.done) return address;
  const failed = new URL(address);
  failed.pathname = `${failed.pathname.replace(/\/$/, '')}/fail`;
  return failed;
}

/**
 * Asks for the address, again where that can help.
 * @returns undefined, or why it was not taken: words that do not repeat the address
 */
export async function ping(
  address: URL,
  { clock, env, signal, ending }: Pinging,
): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    const answer = await statusOf(address, env, signal);
    if (typeof answer === 'number' && answer >= 200 && answer < 300) return undefined;
    const words = typeof answer === 'number' ? `it answered ${answer}` : answer;
    const mayHelp = typeof answer !== 'number' || answer === 429 || answer >= 500;
    if (!mayHelp || attempt === TRIES || signal.aborted || ending.aborted) return words;
    try {
      await clock.sleep(PAUSE_MS * attempt, AbortSignal.any([signal, ending]));
    } catch {
      // Nobody waits any more: the first answer is what there is.
      return words;
    }
  }
}

/** The status of the answer, or why there was none. */
async function statusOf(address: URL, env: Env, signal: AbortSignal): Promise<number | string> {
  const isSecure = address.protocol === 'https:';
  const agentOptions = { proxyEnv: { ...env }, keepAlive: false };
  const agent = isSecure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const options = { agent, signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) };
  const { promise, resolve } = Promise.withResolvers<number | string>();
  const sent = (isSecure ? httpsRequest : httpRequest)(address, options, (answer) => {
    answer.resume();
    resolve(answer.statusCode ?? 0);
  });
  sent.on('error', (error) => resolve(wordsOf(error)));
  sent.end();
  try {
    return await promise;
  } finally {
    sent.destroy();
    agent.destroy();
  }
}

function wordsOf(error: Error): string {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    return `it did not answer within ${PATIENCE_MS / 1000} s`;
  }
  return 'code' in error ? String(error.code) : 'the connection failed';
}
