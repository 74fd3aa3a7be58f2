import type { FastifyInstance } from 'fastify';
import { accessOf } from '../access/access.ts';
import { startWorkflow } from '../actions/workflow.ts';
import type { Box } from '../box.ts';
import { bodyOf, missing, requireMembers } from '../http/request-body.ts';
import { pageById } from '../http/row-page.ts';
import type { View } from '../represent/view.ts';
import type { WorkflowRow } from '../store/workflows.ts';
import { formatTime } from '../times.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/**
 * Workflows that are started by hand. Box has no call that makes one; here `EmulatorControls.addWorkflow` does.
 * https://developer.box.com/reference/resources/workflow/
 */
export function workflowRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;

  app.get('/workflows', (request) => {
    const query = queryOf(request);
    if (query.folder_id === undefined) throw missing('folder_id');
    const access = accessOf(box, request);
    const folder = access.active('folder', query.folder_id);
    const isOther = (query.trigger_type ?? triggerType) !== triggerType;
    return pageById(
      query,
      (page) => (isOther ? [] : store.workflows.ofFolder(folder.id, page)),
      (row) => representWorkflow(row, access.view),
    );
  });

  app.post('/workflows/:workflowId/start', (request, reply) => {
    const body = bodyOf(request);
    requireMembers(body, 'flow', 'files', 'folder');
    const access = accessOf(box, request);
    access.require('change');
    store.transaction(() => startWorkflow(access, parameterOf(request, 'workflowId'), body));
    return reply.code(204).send();
  });
}

const triggerType = 'WORKFLOW_MANUAL_START';

function representWorkflow(row: WorkflowRow, view: View) {
  return {
    id: String(row.id),
    type: 'workflow',
    name: row.name,
    description: '',
    is_enabled: true,
    flows: [
      {
        id: String(row.flow_id),
        type: 'flow',
        trigger: {
          type: 'trigger',
          trigger_type: triggerType,
          scope: [
            {
              type: 'trigger_scope',
              ref: '/event/source/parent',
              object: { type: 'folder', id: String(row.folder_id) },
            },
          ],
        },
        outcomes: [
          {
            id: String(row.outcome_id),
            type: 'outcome',
            name: row.name,
            action_type: row.action_type,
          },
        ],
        created_at: formatTime(row.created_at),
        created_by: view.userMini(row.created_by),
      },
    ],
  };
}
