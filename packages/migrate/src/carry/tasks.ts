import type { BoxTask, BoxTaskAssignment } from '@boxhaul/client';
import type { TaskDetails } from '../details.ts';
import type { Carriage } from './carry-details.ts';
import { Found, mapped, signed } from './people.ts';

/** Tasks, each with whose it was, and when, behind its words, and given to those whom the user map names. */
export async function carryTasks(tasks: readonly TaskDetails[], carriage: Carriage): Promise<void> {
  const { item, outcome } = carriage;
  if (tasks.length === 0) return;
  if (item.type !== 'file') {
    outcome.lacks('task', 'not-for-folders', 'only files have tasks');
    return;
  }
  const there = await tasksOn(carriage);
  if (!there) return;
  for (const task of tasks) {
    const made = await give(task, there, carriage);
    if (made) await assign(task, made, carriage);
  }
}

/** @returns undefined if they cannot be seen, which is a gap */
async function tasksOn({ item, context, outcome }: Carriage) {
  const { client, signal, expect } = context;
  const found = new Found<BoxTask>();
  if (item.isNew) return found;
  expect(1);
  return await outcome.attempt('task', 'what is there', context, async () => {
    for (const task of await client.tasks.list(item.id, { signal })) {
      found.add(task.message ?? '', task);
    }
    return found;
  });
}

async function give(
  { by, at, message: text, action, completionRule, dueAt }: TaskDetails,
  there: Found<BoxTask>,
  { item, context, outcome }: Carriage,
): Promise<BoxTask | undefined> {
  const { client, signal, expect } = context;
  const message = `${text}${text === '' ? '' : '\n'}(${signed(by, at)})`;
  const given = there.take(message);
  if (given) return given;
  expect(1);
  return await outcome.attempt('task', message, context, async () => {
    const wish = { fileId: item.id, action, message, completionRule, dueAt };
    const task = await client.tasks.create(wish, { signal });
    outcome.did('task');
    return task;
  });
}

async function assign(task: TaskDetails, made: BoxTask, carriage: Carriage): Promise<void> {
  const { context, outcome } = carriage;
  const { client, signal, expect } = context;
  const there = new Map<string, BoxTaskAssignment>();
  for (const one of made.task_assignment_collection?.entries ?? []) {
    if (one.assigned_to) there.set(one.assigned_to.login.toLowerCase(), one);
  }
  const unsettled: { id: string; state: 'completed' | 'approved' | 'rejected'; login: string }[] =
    [];
  for (const { to, state } of task.assigned) {
    const login = mapped(to, 'task assignment', carriage);
    if (login === undefined) continue;
    let assignment = there.get(login);
    if (!assignment) {
      expect(1);
      assignment = await outcome.attempt('task assignment', login, context, async () => {
        const given = await client.taskAssignments.create({ taskId: made.id, login }, { signal });
        outcome.did('task assignment');
        return given;
      });
    }
    if (!assignment || state === 'incomplete' || assignment.resolution_state === state) continue;
    unsettled.push({ id: assignment.id, state, login });
  }
  // When all are given: what is completed takes no more.
  for (const { id, state, login } of unsettled) {
    expect(1);
    await outcome.attempt('task state', `${login} had ${state} it`, context, () =>
      client.taskAssignments.update(id, { resolutionState: state }, { signal }),
    );
  }
}
