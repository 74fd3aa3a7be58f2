import type { FileRow } from '../store/rows.ts';
import type { AssignmentRow, TaskRow } from '../store/tasks.ts';
import { formatTime, formatUtc } from '../times.ts';
import { withFields } from './fields.ts';
import { representItem } from './item.ts';
import type { View } from './view.ts';

/** A task; what is not set is null. https://developer.box.com/reference/resources/task/ */
export function representTask(task: TaskRow, file: FileRow, view: View, fields?: unknown) {
  const assignments = view.store.tasks.assignments(task.id);
  const members = {
    type: 'task',
    id: String(task.id),
    item: representItem(file, 'mini', view),
    due_at: task.due_at === null ? null : formatUtc(task.due_at),
    action: task.action,
    message: task.message,
    completion_rule: task.completion_rule,
    task_assignment_collection: representAssignments(assignments, file, view),
    is_completed: isCompleted(task, assignments),
    created_by: view.userMini(task.created_by),
    created_at: formatTime(task.created_at),
  };
  return withFields(members, fields);
}

/** A task's assignments, as Box lists them: never in pages. */
export function representAssignments(
  assignments: readonly AssignmentRow[],
  file: FileRow,
  view: View,
  fields?: unknown,
) {
  return {
    total_count: assignments.length,
    entries: assignments.map((one) => representAssignment(one, file, view, fields)),
  };
}

/** An assignment; nobody is ever reminded. https://developer.box.com/reference/resources/task-assignment/ */
export function representAssignment(
  assignment: AssignmentRow,
  file: FileRow,
  view: View,
  fields?: unknown,
) {
  const { completed_at: completedAt } = assignment;
  const members = {
    type: 'task_assignment',
    id: String(assignment.id),
    item: representItem(file, 'mini', view),
    assigned_to: view.userMini(assignment.assigned_to),
    message: assignment.message,
    completed_at: completedAt === null ? null : formatTime(completedAt),
    assigned_at: formatTime(assignment.assigned_at),
    reminded_at: null,
    resolution_state: assignment.resolution_state,
    assigned_by: view.userMini(assignment.assigned_by),
  };
  return withFields(members, fields);
}

/** Whether a task is done, by its rule. A rejection does not do it. */
export function isCompleted(task: TaskRow, assignments: readonly AssignmentRow[]): boolean {
  const isDone = ({ resolution_state: state }: AssignmentRow) =>
    state === 'completed' || state === 'approved';
  if (task.completion_rule === 'any_assignee') return assignments.some(isDone);
  return assignments.length > 0 && assignments.every(isDone);
}
