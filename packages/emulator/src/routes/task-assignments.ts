import type { FastifyInstance } from 'fastify';
import { Access, accessOf } from '../access/access.ts';
import { attached } from '../access/attached.ts';
import { recordAttachedEvent } from '../actions/record-event.ts';
import type { Box, Caller } from '../box.ts';
import { BoxError, notFound } from '../box-error.ts';
import { asBody, type Body, bodyOf, invalid, missing } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import { parseId } from '../ids.ts';
import { isCompleted, representAssignment } from '../represent/task.ts';
import type { FileRow, UserRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { AssignmentRow, TaskAction, TaskRow } from '../store/tasks.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** https://developer.box.com/reference/resources/task-assignment/ */
export function taskAssignmentRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const found = (access: Access, id: unknown) => foundAssignment(access, id);

  app.post('/task_assignments', (request, reply) => {
    const access = accessOf(box, request);
    access.require('task');
    const body = bodyOf(request);
    const { assignment, file } = store.transaction(() => {
      const { id: taskId } = asBody(body.task) ?? {};
      if (taskId === undefined) throw missing('task');
      const { row: task, file } = attached(access, 'task', taskId, store.tasks.get);
      access.demand(file, 'comment');
      const assignee = assigneeOf(store, body);
      const others = store.tasks.assignments(task.id);
      const isThere = others.some((one) => one.assigned_to === assignee.id);
      if (isThere || isCompleted(task, others)) throw new BoxError('forbidden');
      if (!canSee(store, request.caller, assignee, file)) {
        throw new BoxError('task_assignee_not_allowed');
      }
      const assignment: AssignmentRow = {
        id: store.items.takeIds(1),
        task_id: task.id,
        assigned_to: assignee.id,
        message: '',
        resolution_state: 'incomplete',
        completed_at: null,
        assigned_by: access.userId,
        assigned_at: store.nowSeconds(),
      };
      store.tasks.putAssignment(assignment);
      tell(access, file, assignment, 'CREATE', 'TASK_ASSIGNMENT.CREATED');
      return { assignment, file };
    });
    reply.code(201);
    return representAssignment(assignment, file, access.view, queryOf(request).fields);
  });

  app.get('/task_assignments/:assignmentId', (request) => {
    const access = accessOf(box, request);
    const { assignment, file } = found(access, parameterOf(request, 'assignmentId'));
    return representAssignment(assignment, file, access.view, queryOf(request).fields);
  });

  app.put('/task_assignments/:assignmentId', (request) => {
    const access = accessOf(box, request);
    access.require('task');
    const body = bodyOf(request);
    const { assignment, file } = store.transaction(() => {
      const { assignment, task, file } = found(access, parameterOf(request, 'assignmentId'));
      const { assigned_to, assigned_by } = assignment;
      if (assigned_to !== access.userId && assigned_by !== access.userId) {
        throw new BoxError('access_denied_insufficient_permissions');
      }
      const changed = { ...assignment, ...changesOf(body, task, store.nowSeconds()) };
      store.tasks.putAssignment(changed);
      tell(access, file, changed, 'UPDATE', 'TASK_ASSIGNMENT.UPDATED');
      return { assignment: changed, file };
    });
    return representAssignment(assignment, file, access.view, queryOf(request).fields);
  });

  app.delete('/task_assignments/:assignmentId', (request, reply) => {
    const access = accessOf(box, request);
    access.require('task');
    store.transaction(() => {
      const { assignment, file } = found(access, parameterOf(request, 'assignmentId'));
      access.demand(file, 'comment');
      const { resolution_state: state } = assignment;
      if (state === 'approved' || state === 'completed') throw new BoxError('forbidden');
      tell(access, file, assignment, 'DELETE', null);
      store.tasks.deleteAssignment(assignment.id);
    });
    return reply.code(204).send();
  });
}

/** Records what happened to an assignment, in the transaction of that. */
function tell(
  access: Access,
  file: FileRow,
  assignment: AssignmentRow,
  what: 'CREATE' | 'UPDATE' | 'DELETE',
  trigger: string | null,
): void {
  recordAttachedEvent(access, file, {
    user: what === 'CREATE' ? 'TASK_ASSIGNMENT_CREATE' : null,
    admin: `TASK_ASSIGNMENT_${what}`,
    trigger,
    source: representAssignment(assignment, file, access.view),
    readers: [assignment.assigned_to],
  });
}

function foundAssignment(
  access: Access,
  id: unknown,
): { assignment: AssignmentRow; task: TaskRow; file: FileRow } {
  const { tasks } = access.store;
  const assignment = tasks.assignment(parseId(id) ?? -1);
  if (!assignment) throw notFound('task_assignment', textOf(id));
  const findTask = () => tasks.get(assignment.task_id);
  const { row: task, file } = attached(access, 'task_assignment', id, findTask);
  return { assignment, task, file };
}

/** The user whom `assign_to` names, by id or by login. */
function assigneeOf(store: Store, body: Body): UserRow {
  const { id, login } = asBody(body.assign_to) ?? {};
  if (id === undefined && login === undefined) throw missing('assign_to');
  const user =
    id === undefined ? store.users.findByLogin(textOf(login)) : store.users.get(parseId(id) ?? -1);
  if (!user) throw notFound('assign_to', textOf(id ?? login));
  return user;
}

function canSee(store: Store, caller: Caller, user: UserRow, file: FileRow): boolean {
  const theirs = { ...caller, userId: String(user.id), restrictedTo: undefined };
  const access = new Access({ store, caller: theirs, downloadUrl: () => '' });
  try {
    return access.activeFile(file.id).id === file.id;
  } catch (error) {
    if (error instanceof BoxError) return false;
    throw error;
  }
}

/** How an assignment to each kind of task may end, or go on. */
const states: Record<TaskAction, readonly AssignmentRow['resolution_state'][]> = {
  complete: ['incomplete', 'completed'],
  review: ['incomplete', 'approved', 'rejected'],
};

function changesOf(body: Body, task: TaskRow, now: number): Partial<AssignmentRow> {
  const { message, resolution_state: asked } = body;
  const changes: Partial<AssignmentRow> = {};
  if (typeof message === 'string') changes.message = message;
  else if (message !== undefined) throw invalid('message', message, 'must be a text');
  if (asked === undefined) return changes;
  const state = states[task.action].find((one) => one === asked);
  if (!state) {
    const fitting = states[task.action].join(', ');
    throw invalid('resolution_state', asked, `must be one of ${fitting} for a ${task.action} task`);
  }
  return { ...changes, resolution_state: state, completed_at: state === 'incomplete' ? null : now };
}
