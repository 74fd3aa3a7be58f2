import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Authority } from './auth/authority.ts';
import { identify } from './auth/caller.ts';
import type { Box } from './box.ts';
import { BoxError, ChallengeError } from './box-error.ts';
import type { Counter } from './counts.ts';
import { operationsAt } from './operations.ts';
import { requestIds } from './request-ids.ts';
import { plainPath, plainPattern } from './request-path.ts';
import { apiRoutes, contentRoutes } from './routes/box-routes.ts';

/** Commits name every part: a 500 GB file has some 16,000 of about 100 bytes each. */
const MOST_JSON_BYTES = 64 * 1024 * 1024;

/** What hangs on the server besides Box's own routes. */
export interface ServerParts {
  box: Box;
  authority: Authority;
  counter: Counter;
}

/** A server that is not listening yet. */
export interface BoxServer {
  app: FastifyInstance;
  /** Answers requests that came in some other way, such as over TLS. */
  listener: RequestListener;
}

type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `METHOD pattern` as counts speak of it; filled in for each route. */
    operation?: string;
  }
}

/** Puts all routes on one server: Box's hosts told apart by path, errors in Box's words. */
export function buildServer(parts: ServerParts): BoxServer {
  let listener: RequestListener | undefined;
  const app = fastify({
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 4096 },
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    bodyLimit: MOST_JSON_BYTES,
    serverFactory: (handler) => {
      listener = handler;
      return quietServer(handler);
    },
  });
  app.decorateRequest('caller');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, parseLeniently);
  // Before any route is added, since this names their operations.
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, operation: `${route.method} ${plainPattern(route.url)}` };
  });
  arriving(app, parts.counter);
  errorsInBoxsWords(app, parts.counter);
  for (const prefix of ['/2.0', '/api/2.0']) {
    app.register(
      async (api) => {
        authenticating(api, parts.authority);
        for (const addRoutes of apiRoutes) addRoutes(api, parts.box);
      },
      { prefix },
    );
  }
  app.register(async (contents) => {
    for (const addRoutes of contentRoutes) addRoutes(contents, parts.box);
  });
  if (listener === undefined) throw new Error('Fastify made no server');
  return { app, listener };
}

/** Uploads may take as long as they take, and a client may keep a connection for a while. */
function quietServer(handler: RequestListener): Server {
  return createServer({ keepAliveTimeout: 90_000, requestTimeout: 0, noDelay: true }, handler);
}

/** Bodies are JSON whatever their type says; none at all is fine too, even if a type announces one. */
function parseLeniently(
  _request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, body?: unknown) => void,
): void {
  let parsed: unknown;
  try {
    const text = body.toString().trim();
    if (text !== '') parsed = JSON.parse(text);
  } catch {
    done(new BoxError('bad_request', { message: 'The request body is not valid JSON' }));
    return;
  }
  done(null, parsed);
}

/** What every answer has, and the count of every request. */
function arriving(app: FastifyInstance, counter: Counter): void {
  const ids = requestIds();
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      'box-request-id': ids.header(),
      'cache-control': 'no-cache, no-store',
      'strict-transport-security': 'max-age=31536000',
    });
    const { operation } = request.routeOptions.config;
    if (operation !== undefined) counter.count(operation);
    done();
  });
}

/** Every call of Box's API needs a token, and ids that are numbers. */
function authenticating(api: FastifyInstance, { store, tokens }: Authority): void {
  api.addHook('onRequest', (request, _reply, done) => {
    try {
      request.caller = identify(request, store, tokens);
      requireDecimalIds(request.params as Record<string, string>);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}

/** Ids in paths are decimal, but those of upload sessions; Box answers others as if the path did not exist. */
function requireDecimalIds(params: Record<string, string>): void {
  for (const name in params) {
    if (name !== 'sessionId' && !/^\d+$/.test(params[name] ?? '')) {
      throw new BoxError('method_not_allowed');
    }
  }
}

function errorsInBoxsWords(app: FastifyInstance, counter: Counter): void {
  const ids = requestIds();
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof ChallengeError) {
      return reply.code(error.status).header('www-authenticate', error.challenge).send();
    }
    const boxError =
      error instanceof BoxError ? error : translated(error as Error & { code?: string });
    return sendError(reply, boxError, ids.body());
  });
  app.setNotFoundHandler((request, reply) => {
    const path = plainPath(request.url);
    const known = operationsAt(path);
    const pattern = known?.pattern ?? path.replace(/\d+/g, ':id');
    if (known !== undefined && !known.methods.includes(request.method)) {
      counter.count(`${request.method} ${pattern}`);
      return sendError(reply, new BoxError('method_not_allowed'), ids.body());
    }
    counter.countNotEmulated(`${request.method} ${pattern}`);
    const whose = known === undefined ? 'it is not in Box’s reference either' : 'Box has it';
    const error = new BoxError('not_emulated', {
      message: `${request.method} ${pattern} is not emulated (${whose})`,
      contextInfo: { operation: `${request.method} ${pattern}` },
    });
    return sendError(reply, error, ids.body());
  });
}

function sendError(reply: FastifyReply, error: BoxError, requestId: string): FastifyReply {
  return reply.code(error.status).headers(error.headers).send(error.toBody(requestId));
}

/** Fastify's own refusals in Box's words. Anything else is a fault of the emulator, which must be seen. */
function translated(error: Error & { code?: string }): BoxError {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new BoxError('request_entity_too_large');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new BoxError('unsupported_media_type');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'ECONNRESET':
      return new BoxError('bad_request', { message: error.message });
    default:
      console.error('boxhaul emulator: a request failed inside', error);
      return new BoxError('internal_server_error', { contextInfo: { emulator: error.message } });
  }
}
