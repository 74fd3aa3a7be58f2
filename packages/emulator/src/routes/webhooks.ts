import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import type { Box, Caller } from '../box.ts';
import { BoxError, ChallengeError, notFound } from '../box-error.ts';
import { limitOf, markerOf, writeMarker } from '../http/paging.ts';
import { asBody, type Body, bodyOf, invalid, requireMembers } from '../http/request-body.ts';
import { parseId, rootFolderId } from '../ids.ts';
import { orTaken } from '../or-taken.ts';
import type { View } from '../represent/view.ts';
import type { Store } from '../store/store.ts';
import type { WebhookRow } from '../store/webhooks.ts';
import { formatTime } from '../times.ts';
import { checkAddress } from '../webhooks/address.ts';
import { fits } from '../webhooks/triggers.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** https://developer.box.com/guides/webhooks/v2/limitations-v2/ */
const mostWebhooks = 1000;

/** https://developer.box.com/reference/resources/webhook/ */
export function webhookRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;

  app.post('/webhooks', (request, reply) => {
    const access = accessFor(box, request);
    const { clientId } = request.caller;
    const body = bodyOf(request);
    requireMembers(body, 'target', 'address', 'triggers');
    const webhook = store.transaction(() => {
      if (store.webhooks.count(clientId, access.userId) >= mostWebhooks) {
        throw new BoxError('operation_limit_exceeded', {
          message: `An app may have ${mostWebhooks} webhooks for each user`,
        });
      }
      const made: WebhookRow = {
        id: store.items.takeIds(1),
        client_id: clientId,
        created_by: access.userId,
        created_at: store.nowSeconds(),
        ...changesFrom(access, body),
      };
      unlessTaken(() => store.webhooks.insert(made));
      return made;
    });
    reply.code(201);
    return represent(webhook, access.view);
  });

  app.get('/webhooks', (request) => {
    const { userId } = accessFor(box, request);
    const query = queryOf(request);
    const limit = limitOf(query);
    const after = markerOf(query)?.id ?? 0;
    const rows = store.webhooks.page(request.caller.clientId, userId, after, limit + 1);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      limit,
      entries: shown.map((row) => mini(row)),
      ...(last ? { next_marker: writeMarker({ kind: 0, folded: '', id: last.id }) } : {}),
    };
  });

  app.get('/webhooks/:webhookId', (request) => {
    const { view } = accessFor(box, request);
    return represent(webhookOf(store, request), view);
  });

  app.put('/webhooks/:webhookId', (request) => {
    const access = accessFor(box, request);
    const webhook = store.transaction(() => {
      const old = webhookOf(store, request);
      const changed = { ...old, ...changesFrom(access, bodyOf(request), old) };
      unlessTaken(() => store.webhooks.update(changed));
      return changed;
    });
    return represent(webhook, access.view);
  });

  app.delete('/webhooks/:webhookId', (request, reply) => {
    accessFor(box, request);
    store.transaction(() => store.webhooks.delete(webhookOf(store, request).id));
    return reply.code(204).send();
  });
}

/** @throws ChallengeError for a token that may not manage webhooks */
function accessFor(box: Box, request: FastifyRequest): Access {
  if (!request.caller.scopes.includes('manage_webhook')) {
    throw new ChallengeError('insufficient_scope');
  }
  return accessOf(box, request);
}

/** A webhook of the caller's app and user. */
function webhookOf(store: Store, request: FastifyRequest): WebhookRow {
  const id = parameterOf(request, 'webhookId');
  const webhook = store.webhooks.get(parseId(id) ?? -1);
  if (webhook !== undefined && isOwn(webhook, request.caller)) return webhook;
  throw notFound('webhook', id);
}

function isOwn(webhook: WebhookRow, { clientId, userId }: Caller): boolean {
  return webhook.client_id === clientId && String(webhook.created_by) === userId;
}

type Changeable = Pick<WebhookRow, 'target_type' | 'target_id' | 'address' | 'triggers'>;

/** What a body says of a webhook; what it leaves out is as it was. */
function changesFrom(access: Access, body: Body, old?: WebhookRow): Changeable {
  const target = body.target === undefined && old ? old : targetOf(access, body.target);
  const triggers =
    body.triggers === undefined && old ? (JSON.parse(old.triggers) as unknown) : body.triggers;
  const isRight =
    Array.isArray(triggers) &&
    triggers.length > 0 &&
    triggers.every((trigger) => fits(trigger, target.target_type));
  if (!isRight) throw invalid('triggers', triggers, 'must be triggers that fit the target');
  return {
    target_type: target.target_type,
    target_id: target.target_id,
    address: body.address === undefined && old ? old.address : checkAddress(body.address),
    triggers: JSON.stringify([...new Set(triggers)]),
  };
}

function targetOf(access: Access, asked: unknown): Pick<Changeable, 'target_type' | 'target_id'> {
  const { type, id } = asBody(asked) ?? {};
  if (type !== 'file' && type !== 'folder') {
    throw invalid('target', asked, 'must be a file or a folder');
  }
  const targetId = parseId(id);
  if (targetId === undefined) throw invalid('target', asked, 'needs the id of an item');
  if (targetId === rootFolderId) throw new BoxError('forbidden');
  return { target_type: type, target_id: access.active(type, targetId).id };
}

function unlessTaken(write: () => void): void {
  const message = 'The target has a webhook of this app and user';
  orTaken('conflict', write, { message });
}

function mini({ id, target_id, target_type }: WebhookRow) {
  return {
    id: String(id),
    type: 'webhook',
    target: { id: String(target_id), type: target_type },
  };
}

function represent(webhook: WebhookRow, view: View) {
  return {
    ...mini(webhook),
    created_by: view.userMini(webhook.created_by),
    created_at: formatTime(webhook.created_at),
    address: webhook.address,
    triggers: JSON.parse(webhook.triggers) as string[],
  };
}
