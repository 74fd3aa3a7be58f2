/** Tasks on files and who is to do them. They go with their file when it is deleted for good. */
export const taskSchema = `
CREATE TABLE tasks (
  id INTEGER PRIMARY KEY,
  file_id INTEGER NOT NULL,
  action TEXT NOT NULL,                  -- review or complete
  message TEXT NOT NULL,
  due_at INTEGER,
  completion_rule TEXT NOT NULL,         -- all_assignees or any_assignee
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX tasks_by_file ON tasks (file_id, id);

CREATE TABLE task_assignments (
  id INTEGER PRIMARY KEY,
  task_id INTEGER NOT NULL,
  assigned_to INTEGER NOT NULL,
  message TEXT NOT NULL,
  resolution_state TEXT NOT NULL,        -- incomplete, completed, approved or rejected
  completed_at INTEGER,
  assigned_by INTEGER NOT NULL,
  assigned_at INTEGER NOT NULL,
  UNIQUE (task_id, assigned_to)
);
CREATE TRIGGER assignments_of_deleted_tasks AFTER DELETE ON tasks BEGIN
  DELETE FROM task_assignments WHERE task_id = OLD.id;
END;
CREATE TRIGGER tasks_of_deleted_items AFTER DELETE ON items BEGIN
  DELETE FROM tasks WHERE file_id = OLD.id;
END;
`;

/** The tables that hold tasks. */
export const taskTables = ['tasks', 'task_assignments'];
