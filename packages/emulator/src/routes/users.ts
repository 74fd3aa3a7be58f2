import type { FastifyInstance } from 'fastify';
import type { Box } from '../box.ts';
import { ChallengeError, notFound } from '../box-error.ts';
import { parseId } from '../ids.ts';
import { representUser } from '../represent-user.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** https://developer.box.com/reference/resources/user/ */
export function userRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;

  app.get('/users/me', (request) => {
    const user = store.users.get(Number(request.caller.userId));
    if (!user) throw new ChallengeError('invalid_token');
    return representUser(user, queryOf(request).fields, store);
  });

  app.get('/users/:userId', (request) => {
    const id = parameterOf(request, 'userId');
    const user = store.users.get(parseId(id) ?? -1);
    const viewer = store.users.get(Number(request.caller.userId));
    // People see themselves and the others of their company.
    const isVisible =
      user?.id === viewer?.id ||
      (user?.enterprise_id !== null && user?.enterprise_id === viewer?.enterprise_id);
    if (!user || !isVisible) throw notFound('user', `user_${id}`);
    return representUser(user, queryOf(request).fields, store);
  });
}
