import type { Database } from './database.ts';

export type TaskAction = 'review' | 'complete';
type CompletionRule = 'all_assignees' | 'any_assignee';
type ResolutionState = 'incomplete' | 'completed' | 'approved' | 'rejected';

export interface TaskRow {
  id: number;
  file_id: number;
  action: TaskAction;
  message: string;
  due_at: number | null;
  completion_rule: CompletionRule;
  created_by: number;
  created_at: number;
}

export interface AssignmentRow {
  id: number;
  task_id: number;
  assigned_to: number;
  message: string;
  resolution_state: ResolutionState;
  completed_at: number | null;
  assigned_by: number;
  assigned_at: number;
}

/** Tasks on files, and their assignments: one a user and task. */
export interface Tasks {
  put(task: TaskRow): void;
  get(id: number): TaskRow | undefined;
  /** Oldest first. */
  of(fileId: number): TaskRow[];
  /** With its assignments. */
  delete(id: number): void;
  putAssignment(assignment: AssignmentRow): void;
  assignment(id: number): AssignmentRow | undefined;
  /** Oldest first. */
  assignments(taskId: number): AssignmentRow[];
  deleteAssignment(id: number): void;
}

export function openTasks(database: Database): Tasks {
  const put = database.prepare('INSERT OR REPLACE INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const byId = database.prepare<TaskRow>('SELECT * FROM tasks WHERE id = ?');
  const byFile = database.prepare<TaskRow>('SELECT * FROM tasks WHERE file_id = ? ORDER BY id');
  const remove = database.prepare('DELETE FROM tasks WHERE id = ?');
  const putAssignment = database.prepare(
    'INSERT OR REPLACE INTO task_assignments VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const assignment = database.prepare<AssignmentRow>('SELECT * FROM task_assignments WHERE id = ?');
  const assignments = database.prepare<AssignmentRow>(
    'SELECT * FROM task_assignments WHERE task_id = ? ORDER BY id',
  );
  const removeAssignment = database.prepare('DELETE FROM task_assignments WHERE id = ?');
  return {
    put: (task) => {
      put.run(
        task.id,
        task.file_id,
        task.action,
        task.message,
        task.due_at,
        task.completion_rule,
        task.created_by,
        task.created_at,
      );
    },
    get: (id) => byId.get(id),
    of: (fileId) => byFile.all(fileId),
    delete: (id) => {
      remove.run(id);
    },
    putAssignment: (row) => {
      putAssignment.run(
        row.id,
        row.task_id,
        row.assigned_to,
        row.message,
        row.resolution_state,
        row.completed_at,
        row.assigned_by,
        row.assigned_at,
      );
    },
    assignment: (id) => assignment.get(id),
    assignments: (taskId) => assignments.all(taskId),
    deleteAssignment: (id) => {
      removeAssignment.run(id);
    },
  };
}
