import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { trashExpiry } from './actions/trash-expiry.ts';
import { authRoutes } from './auth/auth-routes.ts';
import type { Authority } from './auth/authority.ts';
import { identify } from './auth/caller.ts';
import type { Box } from './box.ts';
import { BoxError, ChallengeError } from './box-error.ts';
import type { Clock } from './clock.ts';
import type { EmulatorControls } from './controls.ts';
import type { Counter } from './counts.ts';
import { meetOrigin } from './http/cross-origin.ts';
import { parseJson } from './http/parse-json.ts';
import { type RequestIds, requestIds } from './http/request-ids.ts';
import { plainPath, plainPattern, withoutApi } from './http/request-path.ts';
import { BoxResponse } from './http/response.ts';
import { textOf } from './http/text-of.ts';
import { WorkUnderWay } from './http/work-under-way.ts';
import { operationsAt } from './operations.ts';
import { adminRoutes } from './routes/admin.ts';
import { apiRoutes, contentRoutes, formRoutes } from './routes/box-routes.ts';
import { SlowLink } from './weather/slow-link.ts';
import type { Weather } from './weather/weather.ts';

/** Commits name every part: a 500 GB file has some 16,000 of about 100 bytes each. */
const MOST_JSON_BYTES = 64 * 1024 * 1024;

const BOX_VERSIONS = ['2024.0', '2025.0', '2026.0'];

const COMMON_HEADERS = {
  'cache-control': 'no-cache, no-store',
  'strict-transport-security': 'max-age=31536000',
};

/** What hangs on the server besides Box's own routes. */
export interface ServerParts {
  box: Box;
  authority: Authority;
  counter: Counter;
  weather: Weather;
  controls: EmulatorControls;
}

/** A server that is not listening yet. */
export interface BoxServer {
  server: FastifyInstance;
  /** Answers requests that came in some other way, such as over TLS. */
  listener: RequestListener;
  /** Handlers that have begun; some outlive their connection. */
  work: WorkUnderWay;
}

/** What a server calls for each request. */
export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `METHOD pattern` as counts speak of it; filled in for each route. */
    operation?: string;
  }
}

/** Puts all routes on one server: Box's hosts told apart by path, errors in Box's words. */
export function buildServer(parts: ServerParts): BoxServer {
  let listener: RequestListener | undefined;
  const work = new WorkUnderWay();
  const ids = requestIds(parts.box.store.chance.fork('requests'));
  const app = fastify({
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 4096 },
    // One table of routes for all hosts: it is most of what starting takes.
    rewriteUrl: ({ url = '/' }) => withoutApi(url),
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    bodyLimit: MOST_JSON_BYTES,
    // Without these Fastify loads compilers of JSON Schema, for longer than all else takes to start.
    schemaController: {
      compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas },
    },
    // An address that cannot be read reaches no hook and no handler of errors.
    frameworkErrors: (error, _request, reply) => {
      const boxError = new BoxError('bad_request', { message: error.message });
      reply.headers({ 'box-request-id': ids.header(), ...COMMON_HEADERS });
      return sendError(reply, boxError, ids.body());
    },
    serverFactory: (handler) => {
      listener = handler;
      return quietServer(handler, parts.box.options.bandwidthBytesPerSecond);
    },
  });
  app.decorateRequest('caller');
  app.decorateRequest('wantsExpiredToken', false);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, parseLeniently);
  // Before any route is added, since this names their operations.
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, operation: `${route.method} ${plainPattern(route.url)}` };
    route.handler = work.watched(route.handler);
  });
  arriving(app, parts, ids);
  errorsInBoxsWords(app, parts.counter, ids);
  app.register(
    async (api) => {
      authenticating(api, parts);
      for (const addRoutes of apiRoutes) addRoutes(api, parts.box);
      api.register(async (forms) => {
        forms.addContentTypeParser('multipart/form-data', (_request, payload, done) =>
          done(null, payload),
        );
        for (const addRoutes of formRoutes) addRoutes(forms, parts.box);
      });
    },
    { prefix: '/2.0' },
  );
  app.register(async (contents) => {
    for (const addRoutes of contentRoutes) addRoutes(contents, parts.box);
  });
  app.register(async (oauth) => authRoutes(oauth, parts.authority));
  app.register(async (admin) => adminRoutes(admin, parts.controls), { prefix: '/_emulator' });
  if (listener === undefined) throw new Error('Fastify made no server');
  return { server: app, listener, work };
}

/** No route has a schema. */
function noSchemas(): never {
  throw new Error('routes of the emulator have no schemas');
}

/** Lists come in one text with commas, or, from clients made of Box's OpenAPI document, as a parameter repeated. */
function joinRepeated(query: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) query[name] = value.join(',');
  }
}

/**
 * A server for uploads that take as long as they take, and clients that keep a connection for a while.
 *
 * @param bytesPerSecond what each connection carries in each direction; `undefined`: all that it can
 */
function quietServer(handler: RequestListener, bytesPerSecond: number | undefined): Server {
  const server = createServer(
    { keepAliveTimeout: 90_000, requestTimeout: 0, ServerResponse: BoxResponse },
    handler,
  );
  if (bytesPerSecond === undefined) return server;
  const accept = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const link = new SlowLink(socket, bytesPerSecond);
    for (const listen of accept) Reflect.apply(listen, server, [link]);
  });
  return server;
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
    if (text !== '') parsed = parseJson(text);
  } catch {
    done(new BoxError('bad_request', { message: 'The request body is not valid JSON' }));
    return;
  }
  done(null, parsed);
}

/** What every answer has, the count of every request, and what befalls it. */
function arriving(
  app: FastifyInstance,
  { box, counter, weather }: ServerParts,
  ids: RequestIds,
): void {
  const date = httpDate(box.clock);
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      date: date(),
      'box-request-id': ids.header(),
      ...COMMON_HEADERS,
    });
    if (meetOrigin(request, reply, box.options.app?.corsOrigins)) return;
    const { operation } = request.routeOptions.config;
    if (operation !== undefined) counter.count(operation);
    weather.meet(request, reply, done);
  });
  app.addHook('preHandler', (request, reply, done) => weather.meetBody(request, reply, done));
}

/** The emulator's time as an HTTP date, from which clients learn how wrong their own is. */
function httpDate(clock: Clock): () => string {
  let second = Number.NaN;
  let text = '';
  return () => {
    const now = Math.floor(clock.now() / 1000);
    if (now !== second) text = new Date(now * 1000).toUTCString();
    second = now;
    return text;
  };
}

/** Every call of Box's API needs a token that has calls left, and ids that are numbers. */
function authenticating(api: FastifyInstance, { authority, weather }: ServerParts): void {
  const { store, tokens } = authority;
  const emptyTrash = trashExpiry(store);
  api.addHook('onRequest', (request, _reply, done) => {
    joinRepeated(request.query as Record<string, unknown>);
    let refusal: Error | undefined;
    try {
      emptyTrash();
      request.caller = identify(request, store, tokens);
      weather.limit(request.caller, request);
      requireKnownVersion(request.headers['box-version']);
      requireDecimalIds(request.params as Record<string, string>);
    } catch (error) {
      refusal = error as Error;
    }
    done(refusal);
  });
}

/** https://developer.box.com/guides/api-calls/api-versioning-strategy/ */
function requireKnownVersion(version: unknown): void {
  if (version !== undefined && !BOX_VERSIONS.includes(textOf(version))) {
    throw new BoxError('invalid_api_version');
  }
}

/**
 * Parameters that are called ids are decimal, but those of upload sessions; Box answers others as if the path did
 * not exist.
 */
function requireDecimalIds(params: Record<string, string>): void {
  for (const name in params) {
    const isId = name.endsWith('Id') && name !== 'sessionId';
    if (isId && !/^\d+$/.test(params[name] ?? '')) {
      throw new BoxError('method_not_allowed');
    }
  }
}

function errorsInBoxsWords(app: FastifyInstance, counter: Counter, ids: RequestIds): void {
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
    const pattern = known?.pattern ?? path.replace(/(?<=\/)\d+(?=\/|$)/g, ':id');
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
