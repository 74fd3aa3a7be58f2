import type { BoxTaskAssignment } from '../activity-types.ts';
import type { Send } from '../request.ts';
import { answerOf, entity, page, pathOf } from './answers.ts';
import type { CallOptions } from './call-options.ts';
import { deleteItem } from './item-changes.ts';

/** Who is to do a task, named by id or by login. */
export type NewTaskAssignment = { readonly taskId: string } & (
  | { readonly userId: string }
  | { readonly login: string }
);

/** Whom tasks are assigned to, and what they answer. */
export class TaskAssignments {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * All assignments of a task. Box never pages them.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/get-tasks-id-assignments/
   * @example
   * ```ts
   * const task = await client.tasks.create({ fileId, message: 'Please review' });
   * const { id: userId } = await client.users.me();
   * await client.taskAssignments.create({ taskId: task.id, userId });
   * for (const { assigned_to, resolution_state } of await client.taskAssignments.list(task.id)) {
   *   console.log(assigned_to?.name, resolution_state);
   * }
   * ```
   */
  async list(taskId: string, { signal }: CallOptions = {}): Promise<readonly BoxTaskAssignment[]> {
    const path = `${pathOf('/tasks', taskId)}/assignments`;
    const request = { method: 'GET', path, signal } as const;
    return (await answerOf(this.#send, request, page<BoxTaskAssignment>)).entries;
  }

  /**
   * One assignment.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/get-task-assignments-id/
   * @example
   * ```ts
   * const task = await client.tasks.create({ fileId, message: 'Please review' });
   * const { id: userId } = await client.users.me();
   * const assignment = await client.taskAssignments.create({ taskId: task.id, userId });
   * const { resolution_state } = await client.taskAssignments.get(assignment.id);
   * console.log(resolution_state);
   * ```
   */
  async get(id: string, { signal }: CallOptions = {}): Promise<BoxTaskAssignment> {
    return await answerOf<BoxTaskAssignment>(
      this.#send,
      { method: 'GET', path: pathOf('/task_assignments', id), signal },
      entity('task_assignment'),
    );
  }

  /**
   * Assigns a task, once to each user. It is not repeated when nobody can tell whether it arrived.
   *
   * @throws {BoxApiError} `task_assignee_not_allowed` (400): the user cannot see the file; 403: the task is
   *   completed, or assigned to that user already; `not_found` (404)
   * @see https://developer.box.com/reference/post-task-assignments/
   * @example
   * ```ts
   * const task = await client.tasks.create({ fileId, message: 'Please review' });
   * const { login } = await client.users.me();
   * const assignment = await client.taskAssignments.create({ taskId: task.id, login });
   * console.log(assignment.assigned_to?.id);
   * ```
   */
  async create(
    assignment: NewTaskAssignment,
    { signal }: CallOptions = {},
  ): Promise<BoxTaskAssignment> {
    const to = 'userId' in assignment ? { id: assignment.userId } : { login: assignment.login };
    return await answerOf<BoxTaskAssignment>(
      this.#send,
      {
        method: 'POST',
        path: '/task_assignments',
        json: { task: { type: 'task', id: assignment.taskId }, assign_to: to },
        signal,
      },
      entity('task_assignment'),
    );
  }

  /**
   * Answers an assignment.
   *
   * @param changes `completed` is for tasks that are to be completed, `approved` and `rejected` for reviews
   * @throws {BoxApiError} `bad_request` (400): the answer does not fit the task's action; `not_found` (404)
   * @see https://developer.box.com/reference/put-task-assignments-id/
   * @example
   * ```ts
   * const task = await client.tasks.create({ fileId, message: 'Please review' });
   * const { id: userId } = await client.users.me();
   * const assignment = await client.taskAssignments.create({ taskId: task.id, userId });
   * await client.taskAssignments.update(assignment.id, { resolutionState: 'approved', message: 'Fine' });
   * ```
   */
  async update(
    id: string,
    changes: {
      readonly resolutionState?: 'completed' | 'incomplete' | 'approved' | 'rejected' | undefined;
      readonly message?: string | undefined;
    },
    { signal }: CallOptions = {},
  ): Promise<BoxTaskAssignment> {
    const { resolutionState: resolution_state, message } = changes;
    return await answerOf<BoxTaskAssignment>(
      this.#send,
      {
        method: 'PUT',
        path: pathOf('/task_assignments', id),
        json: { resolution_state, message },
        signal,
      },
      entity('task_assignment'),
    );
  }

  /**
   * Takes an assignment back that has not been approved or completed.
   *
   * @throws {BoxApiError} `not_found` (404); 403: it has
   * @see https://developer.box.com/reference/delete-task-assignments-id/
   * @example
   * ```ts
   * const task = await client.tasks.create({ fileId, message: 'Please review' });
   * const { id: userId } = await client.users.me();
   * const assignment = await client.taskAssignments.create({ taskId: task.id, userId });
   * await client.taskAssignments.delete(assignment.id);
   * ```
   */
  async delete(id: string, { signal }: CallOptions = {}): Promise<void> {
    await deleteItem(this.#send, pathOf('/task_assignments', id), undefined, { signal });
  }
}
