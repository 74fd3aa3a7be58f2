import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { BoxError } from '../box-error.ts';
import type { EmulatorControls } from '../controls.ts';
import { type FaultHandle, readFaultRule } from '../weather/faults.ts';

/**
 * What tests in other processes and other languages do to a running emulator, under `/_emulator/`. None of it
 * needs a token; see the package's README.md.
 */
export function adminRoutes(app: FastifyInstance, controls: EmulatorControls): void {
  // These need no token, so no web page that happens to be open may call them.
  app.addHook('onRequest', (request, _reply, done) => {
    done(request.headers.origin === undefined ? undefined : new BoxError('forbidden'));
  });

  app.get('/faults', () => ({ entries: controls.faults.list().map(describe) }));

  app.post('/faults', (request, reply) => {
    const rules: unknown[] = Array.isArray(request.body) ? request.body : [request.body];
    // All are checked before the first is added.
    const read = rules.map((rule) => checked(() => readFaultRule(rule)));
    reply.code(201).send({ entries: read.map((rule) => describe(controls.faults.add(rule))) });
  });

  app.delete('/faults', (_request, reply) => {
    controls.faults.clear();
    reply.code(204).send();
  });

  app.delete('/faults/:id', (request, reply) => {
    const { id } = request.params as { id: string };
    const handle = controls.faults.list().find((fault) => String(fault.id) === id);
    if (handle === undefined) throw new BoxError('not_found');
    handle.remove();
    reply.code(204).send();
  });

  app.get('/counts', () => ({
    counts: controls.counts(),
    not_emulated: controls.notEmulated(),
  }));

  app.delete('/counts', (_request, reply) => {
    controls.resetCounts();
    reply.code(204).send();
  });

  app.post('/seed', async (request, reply) => {
    const tree = fromBody(seedTree, request.body);
    const contents = Object.entries(tree).map(
      ([path, value]) => [path, contentsOf(value)] as const,
    );
    reply.code(201);
    return { entries: await controls.seed(Object.fromEntries(contents)) };
  });

  app.post('/file_requests', (request, reply) => {
    const { folder_id: folderId, title } = fromBody(newFileRequest, request.body);
    reply.code(201).send({ id: controls.addFileRequest({ folderId, title }) });
  });

  app.post('/workflows', (request, reply) => {
    const { folder_id: folderId, name, action_type } = fromBody(newWorkflow, request.body);
    reply.code(201).send({ id: controls.addWorkflow({ folderId, name, actionType: action_type }) });
  });

  app.post('/app_items', (request, reply) => {
    const { application_type: applicationType, items } = fromBody(newAppItem, request.body);
    reply.code(201).send(controls.addAppItem({ applicationType, items }));
  });

  app.post('/reset', (_request, reply) => {
    controls.reset();
    reply.code(204).send();
  });

  app.get('/clock', () => ({ now: new Date(controls.clock.now()).toISOString() }));

  app.post('/clock', (request) => {
    const { advance_seconds } = fromBody(clockMove, request.body);
    controls.clock.advance(advance_seconds * 1000);
    return { now: new Date(controls.clock.now()).toISOString() };
  });

  app.post('/tokens', (request, reply) => {
    const { user_id, life_seconds } = fromBody(tokenWish, request.body ?? {});
    const token = checked(() =>
      controls.issueToken({
        ...(user_id === undefined ? {} : { userId: user_id }),
        ...(life_seconds === undefined ? {} : { lifeSeconds: life_seconds }),
      }),
    );
    reply.code(201).send({ access_token: token });
  });

  app.post('/tokens/expire', (_request, reply) => {
    controls.expireTokens();
    reply.code(204).send();
  });

  app.post('/events/hold', (_request, reply) => {
    controls.events.hold();
    reply.code(204).send();
  });

  app.post('/events/release', (_request, reply) => {
    controls.events.release();
    reply.code(204).send();
  });

  app.post('/events/repeat', (request, reply) => {
    controls.events.repeat(fromBody(repetition, request.body ?? {}).count);
    reply.code(204).send();
  });

  app.put('/webhook-keys', (request, reply) => {
    const { primary, secondary } = fromBody(webhookKeys, request.body ?? {});
    controls.setWebhookKeys({
      ...(primary === undefined ? {} : { primary }),
      ...(secondary === undefined ? {} : { secondary }),
    });
    reply.code(204).send();
  });

  app.get('/app-config', () => controls.appConfig());
}

const seedTree = z.record(
  z.string().startsWith('/'),
  z.union([z.string(), z.strictObject({ base64: z.base64() })]),
);
const repetition = z.strictObject({ count: z.int().min(1).default(1) });
const newFileRequest = z.strictObject({ folder_id: z.string(), title: z.string().optional() });
const newWorkflow = z.strictObject({
  folder_id: z.string(),
  name: z.string().optional(),
  action_type: z.string().optional(),
});
const newAppItem = z.strictObject({
  application_type: z.string().optional(),
  items: z.array(z.strictObject({ type: z.enum(['file', 'folder', 'web_link']), id: z.string() })),
});

const webhookKeys = z.strictObject({
  primary: z.string().min(1).optional(),
  secondary: z.string().min(1).optional(),
});
const clockMove = z.strictObject({ advance_seconds: z.number() });
const tokenWish = z.strictObject({
  user_id: z.string().optional(),
  life_seconds: z.number().min(0).optional(),
});

function contentsOf(value: string | { base64: string }): string | Uint8Array {
  return typeof value === 'string' ? value : Buffer.from(value.base64, 'base64');
}

function describe({ id, rule, hits }: FaultHandle): Record<string, unknown> {
  return { id, rule, hits };
}

function fromBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new BoxError('bad_request', { message: z.prettifyError(result.error) });
}

function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError) throw new BoxError('bad_request', { message: error.message });
    throw error;
  }
}
