import { on, type Scenario } from '../scenario.ts';
import { aFile } from './beginnings.ts';

export const tasks: readonly Scenario[] = [
  aFile,
  on(
    'POST /tasks',
    { json: { item: { type: 'file', id: '{file_id}' }, action: 'review', message: 'Please' } },
    { keep: { task_id: 'id' } },
  ),
  on('GET /tasks/{task_id}'),
  on('GET /files/{file_id}/tasks'),
  on('PUT /tasks/{task_id}', { json: { due_at: '2039-01-01T00:00:00Z' } }),
  on(
    'POST /task_assignments',
    { json: { task: { type: 'task', id: '{task_id}' }, assign_to: { id: '{admin_id}' } } },
    { keep: { task_assignment_id: 'id' } },
  ),
  on('GET /task_assignments/{task_assignment_id}'),
  on('GET /tasks/{task_id}/assignments'),
  on(
    'PUT /task_assignments/{task_assignment_id}',
    { json: { message: 'Soon', resolution_state: 'incomplete' } },
    { invalid: { json: { resolution_state: 'completed' } } },
  ),
  on('DELETE /task_assignments/{task_assignment_id}'),
  on('DELETE /tasks/{task_id}'),
];
