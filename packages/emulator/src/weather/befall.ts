import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerToken } from '../auth/caller.ts';
import { hashToken, type Tokens } from '../auth/tokens.ts';
import { ChallengeError } from '../box-error.ts';
import type { Clock } from '../clock.ts';
import type { Delays } from './delays.ts';
import type { FaultAction, RequestTraits } from './faults.ts';
import { changeRequestByte, cutRequest } from './spoil-request.ts';
import { changeByte, sendNothing, stopWithin } from './spoil-response.ts';

/** A request that a fault befalls. */
export interface Exchange {
  traits: RequestTraits;
  request: FastifyRequest;
  reply: FastifyReply;
  /** Lets the request go on, or refuses it. */
  done: (error?: Error) => void;
}

/** What faults need to know of the emulator. */
export interface Surroundings {
  clock: Clock;
  tokens: Tokens;
  delays: Delays;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The token that this request asks for shall be expired when it is handed out. */
    wantsExpiredToken: boolean;
  }
}

/**
 * Prepares what happens to a request, and returns what to do with it next. The request's bytes are caught when this
 * is called; what it returns may wait.
 */
export function befall(
  action: FaultAction,
  exchange: Exchange,
  surroundings: Surroundings,
): () => void {
  const { traits, request, reply, done } = exchange;
  if ('status' in action) return () => answer(action, exchange, surroundings.clock);
  if ('cut' in action) return cut(action, exchange);
  if ('wrongBytes' in action) {
    if ((action.of ?? defaultOf(traits)) === 'request') changeRequestByte(request.raw);
    else changeByte(reply.raw);
    return done;
  }
  if ('stall' in action) {
    if (action.stall === 'before') return () => {};
    stopWithin(reply.raw, action.afterBytes, () => {});
    return done;
  }
  if ('expireToken' in action) return () => done(expireToken(exchange, surroundings.tokens));
  if ('commit202' in action) {
    return () => reply.code(202).header('retry-after', String(action.commit202)).send();
  }
  return () => surroundings.delays.after(action.delayMs, done);
}

function expireToken({ traits, request }: Exchange, tokens: Tokens): Error | undefined {
  if (traits.host === 'oauth') {
    request.wantsExpiredToken = true;
    return undefined;
  }
  const token = bearerToken(request);
  // An eternal token cannot expire, so this request alone is refused.
  if (token !== undefined && tokens.expireAccess(hashToken(token))) return undefined;
  return new ChallengeError('invalid_token');
}

/** Whose bytes are spoilt, if the rule does not say: those that are a file's. */
function defaultOf({ method, path }: RequestTraits): 'request' | 'response' {
  const isPart = method === 'PUT' && path.startsWith('/files/upload_sessions/');
  const isDirect = method === 'POST' && /^\/files\/(\d+\/)?content$/.test(path);
  return isPart || isDirect ? 'request' : 'response';
}

function cut(
  action: Extract<FaultAction, { cut: unknown }>,
  { traits, request, reply, done }: Exchange,
): () => void {
  const breakOff = () => {
    request.raw.socket.destroy();
  };
  const isRequest = (action.of ?? defaultOf(traits)) === 'request';
  switch (action.cut) {
    case 'before':
      return breakOff;
    case 'in':
      if (isRequest) cutRequest(request.raw, action.afterBytes);
      else stopWithin(reply.raw, action.afterBytes, breakOff);
      return done;
    case 'after':
      if (isRequest) sendNothing(reply.raw, breakOff);
      else reply.raw.once('finish', breakOff);
      return done;
  }
}

const USUAL_CODES: Record<number, string> = {
  400: 'bad_request',
  403: 'access_denied_insufficient_permissions',
  404: 'not_found',
  409: 'conflict',
  412: 'precondition_failed',
  429: 'rate_limit_exceeded',
  500: 'internal_server_error',
  502: 'bad_gateway',
  503: 'unavailable',
};

function answer(
  action: Extract<FaultAction, { status: number }>,
  { traits, reply }: Exchange,
  clock: Clock,
): void {
  reply.code(action.status);
  if (action.retryAfter !== undefined) {
    const at = new Date(clock.now() + action.retryAfter * 1000);
    reply.header('retry-after', action.retryAfterDate ? at.toUTCString() : `${action.retryAfter}`);
  }
  reply.headers(action.headers ?? {});
  if (action.body !== undefined) {
    reply.send(action.body);
  } else if (action.status < 400) {
    reply.send();
  } else if (action.status === 401 && action.code === undefined) {
    reply.header('www-authenticate', new ChallengeError('invalid_token').challenge).send();
  } else {
    reply.send(errorBody(action, traits));
  }
}

function errorBody(
  { status, code, message }: Extract<FaultAction, { status: number }>,
  { host }: RequestTraits,
): Record<string, unknown> {
  const said = code ?? USUAL_CODES[status] ?? 'error';
  const words = message ?? 'The emulator was told to refuse this';
  if (host === 'oauth') return { error: said, error_description: words };
  return {
    type: 'error',
    status,
    code: said,
    help_url: 'http://developers.box.com/docs/#errors',
    message: words,
    request_id: 'fault000000000000',
  };
}
