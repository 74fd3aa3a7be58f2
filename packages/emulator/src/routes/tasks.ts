import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import { attached } from '../access/attached.ts';
import { recordAttachedEvent } from '../actions/record-event.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { asBody, type Body, bodyOf, invalid, missing } from '../http/request-body.ts';
import { isCompleted, representAssignments, representTask } from '../represent/task.ts';
import type { FileRow } from '../store/rows.ts';
import type { TaskRow } from '../store/tasks.ts';
import { parseTime } from '../times.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** https://developer.box.com/reference/resources/task/ */
export function taskRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const found = (access: Access, id: unknown) => attached(access, 'task', id, store.tasks.get);
  const answer = (access: Access, request: FastifyRequest, task: TaskRow, file: FileRow) =>
    representTask(task, file, access.view, queryOf(request).fields);

  app.get('/files/:fileId/tasks', (request) => {
    const access = accessOf(box, request);
    const file = access.activeFile(parameterOf(request, 'fileId'));
    const tasks = store.tasks.of(file.id);
    return {
      total_count: tasks.length,
      entries: tasks.map((task) => answer(access, request, task, file)),
    };
  });

  app.post('/tasks', (request, reply) => {
    const access = accessOf(box, request);
    access.require('task');
    const body = bodyOf(request);
    const { type, id } = asBody(body.item) ?? {};
    if (body.item === undefined || id === undefined) throw missing('item');
    if (type !== undefined && type !== 'file') throw invalid('item', body.item, 'must be a file');
    const { task, file } = store.transaction(() => {
      const file = access.activeFile(id, 'comment');
      const blank: TaskRow = {
        id: store.items.takeIds(1),
        file_id: file.id,
        action: 'review',
        message: '',
        due_at: null,
        completion_rule: 'all_assignees',
        created_by: access.userId,
        created_at: store.nowSeconds(),
      };
      const task = { ...blank, ...changesOf(body) };
      store.tasks.put(task);
      const source = representTask(task, file, access.view);
      recordAttachedEvent(access, file, { user: 'TASK_CREATE', admin: 'TASK_CREATE', source });
      return { task, file };
    });
    reply.code(201);
    return answer(access, request, task, file);
  });

  app.get('/tasks/:taskId', (request) => {
    const access = accessOf(box, request);
    const { row, file } = found(access, parameterOf(request, 'taskId'));
    return answer(access, request, row, file);
  });

  app.put('/tasks/:taskId', (request) => {
    const access = accessOf(box, request);
    access.require('task');
    const changes = changesOf(bodyOf(request));
    const { task, file } = store.transaction(() => {
      const { row, file } = found(access, parameterOf(request, 'taskId'));
      access.demand(file, 'comment');
      const assignments = store.tasks.assignments(row.id);
      if (isCompleted(row, assignments)) throw new BoxError('forbidden');
      const task = { ...row, ...changes };
      if (task.action !== row.action && assignments.some((one) => one.completed_at !== null)) {
        throw invalid('action', task.action, 'cannot change once somebody has answered');
      }
      store.tasks.put(task);
      return { task, file };
    });
    return answer(access, request, task, file);
  });

  app.delete('/tasks/:taskId', (request, reply) => {
    const access = accessOf(box, request);
    access.require('task');
    store.transaction(() => {
      const { row, file } = found(access, parameterOf(request, 'taskId'));
      access.demand(file, 'comment');
      store.tasks.delete(row.id);
    });
    return reply.code(204).send();
  });

  app.get('/tasks/:taskId/assignments', (request) => {
    const access = accessOf(box, request);
    const { row, file } = found(access, parameterOf(request, 'taskId'));
    const { fields } = queryOf(request);
    return representAssignments(store.tasks.assignments(row.id), file, access.view, fields);
  });
}

/** What a body says of a task; what it leaves out is left out. */
function changesOf(body: Body): Partial<TaskRow> {
  const { action, message, completion_rule: rule } = body;
  const changes: Partial<TaskRow> = {};
  if (action === 'review' || action === 'complete') changes.action = action;
  else if (action !== undefined) throw invalid('action', action, 'must be review or complete');
  if (rule === 'all_assignees' || rule === 'any_assignee') changes.completion_rule = rule;
  else if (rule !== undefined) {
    throw invalid('completion_rule', rule, 'must be all_assignees or any_assignee');
  }
  if (typeof message === 'string') changes.message = message;
  else if (message !== undefined) throw invalid('message', message, 'must be a text');
  if (body.due_at !== undefined) changes.due_at = parseTime(body.due_at, 'due_at') ?? null;
  return changes;
}
