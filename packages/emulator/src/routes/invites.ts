import type { FastifyInstance } from 'fastify';
import { accessOf } from '../access/access.ts';
import { administrator } from '../access/administration.ts';
import type { Box } from '../box.ts';
import { notFound } from '../box-error.ts';
import { asBody, bodyOf, missing } from '../http/request-body.ts';
import { parseId } from '../ids.ts';
import { withFields } from '../represent/fields.ts';
import type { View } from '../represent/view.ts';
import type { InviteRow } from '../store/invites.ts';
import { formatTime } from '../times.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** Asking users of elsewhere to join. https://developer.box.com/reference/resources/invite/ */
export function inviteRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;

  app.post('/invites', (request) => {
    const admin = administrator(request, store, 'manage_managed_users');
    const { enterprise, actionable_by: invited } = bodyOf(request);
    const enterpriseId = parseId(asBody(enterprise)?.id);
    const login = asBody(invited)?.login;
    if (enterpriseId === undefined) throw missing('enterprise');
    if (typeof login !== 'string') throw missing('actionable_by');
    if (enterpriseId !== admin.enterprise_id) throw notFound('enterprise', String(enterpriseId));
    const user = store.users.findByLogin(login);
    if (!user) throw notFound('actionable_by', login);
    const invite = store.transaction(() =>
      store.invites.add({
        enterprise_id: enterpriseId,
        user_id: user.id,
        invited_by: admin.id,
        created_at: store.nowSeconds(),
      }),
    );
    return representInvite(invite, queryOf(request).fields, accessOf(box, request).view);
  });

  app.get('/invites/:inviteId', (request) => {
    const { view, userId } = accessOf(box, request);
    const id = parameterOf(request, 'inviteId');
    const invite = store.invites.get(parseId(id) ?? -1);
    if (!invite || (invite.user_id !== userId && invite.invited_by !== userId)) {
      throw notFound('invite', id);
    }
    return representInvite(invite, queryOf(request).fields, view);
  });
}

function representInvite(invite: InviteRow, fields: unknown, view: View) {
  const enterprise = view.store.users.enterprise(invite.enterprise_id);
  const members = {
    type: 'invite',
    id: String(invite.id),
    invited_to: {
      type: 'enterprise',
      id: String(invite.enterprise_id),
      name: enterprise?.name ?? '',
    },
    actionable_by: view.userMini(invite.user_id),
    invited_by: view.userMini(invite.invited_by),
    status: 'pending',
    created_at: formatTime(invite.created_at),
    modified_at: formatTime(invite.created_at),
  };
  return withFields(members, fields);
}
