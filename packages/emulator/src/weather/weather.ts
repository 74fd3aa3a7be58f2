import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tokens } from '../auth/tokens.ts';
import type { Caller } from '../box.ts';
import { BoxError } from '../box-error.ts';
import type { EmulatorClock } from '../clock.ts';
import { hostKindOf, plainPath } from '../http/request-path.ts';
import type { ResolvedEmulatorOptions } from '../options.ts';
import { befall } from './befall.ts';
import { Delays } from './delays.ts';
import { FaultBook, type RequestTraits } from './faults.ts';
import { callLimiter, type LimitedKind } from './limits.ts';

/** Without a seed, rules with a `probability` befall the same requests in every run too. */
const usualSeed = 1;

/** All that can go wrong between a client and Box, on demand. */
export interface Weather {
  readonly faults: FaultBook;
  /** Asked first of all about each request: calls `done` when it may go on. */
  meet(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void;
  /** Asked once more when a JSON or form body has been read. */
  meetBody(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void;
  /** Throws 429 when the caller has made too many calls. */
  limit(caller: Caller, request: FastifyRequest): void;
  /** Back to how the emulator was started. */
  reset(): void;
  /** Lets go of the requests that wait; they are never answered. */
  close(): void;
}

type Done = (error?: Error) => void;

export function openWeather(
  options: ResolvedEmulatorOptions,
  clock: EmulatorClock,
  tokens: Tokens,
): Weather {
  const surroundings = { clock, tokens, delays: new Delays() };
  const faults = new FaultBook(options.seed ?? usualSeed);
  const limiter = options.limits && callLimiter(options.limits, clock);
  const reset = () => {
    faults.clear();
    for (const rule of options.faults) faults.add(rule);
    limiter?.reset();
  };
  reset();

  function meet(request: FastifyRequest, reply: FastifyReply, done: Done): void {
    if (options.latencyMs === 0 && faults.isEmpty) {
      done();
      return;
    }
    const traits = traitsOf(request);
    const action = isOwn(traits.path) ? undefined : faults.decide(traits);
    // The request's bytes must be caught now; only then may time pass.
    const goOn =
      action === undefined ? done : befall(action, { traits, request, reply, done }, surroundings);
    surroundings.delays.after(isOwn(traits.path) ? 0 : options.latencyMs, goOn);
  }

  function meetBody(request: FastifyRequest, reply: FastifyReply, done: Done): void {
    const traits = faults.asksForBodies && isText(request.body) ? traitsOf(request) : undefined;
    const action =
      traits === undefined || isOwn(traits.path)
        ? undefined
        : faults.decideByBody(traits, textOf(request.body));
    if (traits === undefined || action === undefined) done();
    else befall(action, { traits, request, reply, done }, surroundings)();
  }

  return {
    faults,
    meet,
    meetBody,
    limit(caller, request) {
      if (limiter === undefined) return;
      const waitSeconds = limiter.take(caller, kindOf(request.method, plainPath(request.url)));
      if (waitSeconds === 0) return;
      throw new BoxError('rate_limit_exceeded', {
        headers: { 'retry-after': String(waitSeconds) },
      });
    },
    reset,
    close: () => surroundings.delays.cancel(),
  };
}

function traitsOf(request: FastifyRequest): RequestTraits {
  const path = plainPath(request.url);
  const { method, headers } = request;
  return { method, path, host: hostKindOf(method, path), headers };
}

/** The emulator's own endpoints have no weather. */
function isOwn(path: string): boolean {
  return path.startsWith('/_emulator/');
}

/** Contents of files are not looked into. */
function isText(body: unknown): boolean {
  return body !== undefined && body !== null && !(body instanceof Readable);
}

function textOf(body: unknown): string {
  if (body instanceof URLSearchParams) return body.toString();
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** What Box limits by itself. An upload is a direct one, or the beginning of a session. */
function kindOf(method: string, path: string): LimitedKind | undefined {
  if (method === 'GET') return path === '/search' ? 'search' : undefined;
  if (method !== 'POST') return undefined;
  if (path === '/metadata_queries/execute_read') return 'metadata query';
  return /^\/files\/(\d+\/)?(content|upload_sessions)$/.test(path) ? 'upload' : undefined;
}
