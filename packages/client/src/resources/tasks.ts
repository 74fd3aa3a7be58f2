import type { BoxTask } from '../activity-types.ts';
import type { Send } from '../request.ts';
import { answerOf, entity, page, pathOf } from './answers.ts';
import { boxTime, type CallOptions } from './call-options.ts';
import { deleteItem } from './item-changes.ts';

/** What is to be done, by when, and by how many of those whom it is assigned to. */
export interface TaskChanges {
  /** What an assignee answers: whether it is approved, or that it is done. @default 'review' */
  readonly action?: 'review' | 'complete' | undefined;
  readonly message?: string | undefined;
  readonly dueAt?: Date | string | undefined;
  /** @default 'all_assignees' */
  readonly completionRule?: 'all_assignees' | 'any_assignee' | undefined;
}

/** Tasks on files; who is to do one is in `taskAssignments`. */
export class Tasks {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * All tasks on a file. Box never pages them.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/get-files-id-tasks/
   * @example
   * ```ts
   * await client.tasks.create({ fileId, message: 'Please check the figures' });
   * for (const task of await client.tasks.list(fileId)) {
   *   console.log(task.message, task.is_completed ? 'done' : `due ${task.due_at ?? 'some day'}`);
   * }
   * ```
   */
  async list(fileId: string, { signal }: CallOptions = {}): Promise<readonly BoxTask[]> {
    const path = `${pathOf('/files', fileId)}/tasks`;
    const list = await answerOf(this.#send, { method: 'GET', path, signal }, page<BoxTask>);
    return list.entries;
  }

  /**
   * One task, with its assignments.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/get-tasks-id/
   * @example
   * ```ts
   * const task = await client.tasks.create({ fileId, message: 'Please review' });
   * const { task_assignment_collection } = await client.tasks.get(task.id);
   * console.log(task_assignment_collection?.total_count);
   * ```
   */
  async get(id: string, { signal }: CallOptions = {}): Promise<BoxTask> {
    const path = pathOf('/tasks', id);
    return await answerOf<BoxTask>(this.#send, { method: 'GET', path, signal }, entity('task'));
  }

  /**
   * Puts a task on a file. It is not repeated when nobody can tell whether it arrived.
   *
   * @throws {BoxApiError} `not_found` (404); `access_denied_insufficient_permissions` (403)
   * @see https://developer.box.com/reference/post-tasks/
   * @example
   * ```ts
   * const task = await client.tasks.create({
   *   fileId,
   *   action: 'complete',
   *   message: 'Fill in the figures',
   *   dueAt: new Date(Date.now() + 7 * 86_400_000),
   *   completionRule: 'any_assignee',
   * });
   * const { id: userId } = await client.users.me();
   * await client.taskAssignments.create({ taskId: task.id, userId });
   * ```
   */
  async create(
    { fileId, ...task }: TaskChanges & { readonly fileId: string },
    { signal }: CallOptions = {},
  ): Promise<BoxTask> {
    const json = { item: { type: 'file', id: fileId }, ...changesForBox(task) };
    return await answerOf<BoxTask>(
      this.#send,
      { method: 'POST', path: '/tasks', json, signal },
      entity('task'),
    );
  }

  /**
   * Changes a task that is not completed.
   *
   * @throws {BoxApiError} 403: it is completed, or not this user's to change; `not_found` (404)
   * @see https://developer.box.com/reference/put-tasks-id/
   * @example
   * ```ts
   * const { id } = await client.tasks.create({ fileId, dueAt: '2026-06-30T12:00:00Z' });
   * const task = await client.tasks.update(id, { dueAt: '2026-07-31T12:00:00Z' });
   * console.log('due', task.due_at);
   * ```
   */
  async update(id: string, changes: TaskChanges, { signal }: CallOptions = {}): Promise<BoxTask> {
    return await answerOf<BoxTask>(
      this.#send,
      { method: 'PUT', path: pathOf('/tasks', id), json: changesForBox(changes), signal },
      entity('task'),
    );
  }

  /**
   * Deletes a task, with its assignments, for good.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/delete-tasks-id/
   * @example
   * ```ts
   * const task = await client.tasks.create({ fileId, message: 'Please review' });
   * await client.tasks.delete(task.id);
   * ```
   */
  async delete(id: string, { signal }: CallOptions = {}): Promise<void> {
    await deleteItem(this.#send, pathOf('/tasks', id), undefined, { signal });
  }
}

function changesForBox({ dueAt, completionRule, ...same }: TaskChanges): object {
  return { ...same, due_at: boxTime(dueAt), completion_rule: completionRule };
}
