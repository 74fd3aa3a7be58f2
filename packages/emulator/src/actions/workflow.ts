import { Access } from '../access/access.ts';
import type { Box, Caller } from '../box.ts';
import { BoxError, notFound } from '../box-error.ts';
import { asBody, type Body, invalid } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import { parseId } from '../ids.ts';
import type { FileRow } from '../store/rows.ts';
import type { WorkflowRow } from '../store/workflows.ts';
import { moveToTrash } from './trash.ts';

/** A workflow as somebody would make it in Box's web app, to be started by hand. */
export interface NewWorkflow {
  /** The folder whose files it is for. */
  folderId: string;
  /** @default 'Workflow' */
  name?: string | undefined;
  /** What it does with the files, in Box's words; only `delete_file` is carried out. @default 'delete_file' */
  actionType?: string | undefined;
}

/**
 * Makes a workflow for a folder of the caller's.
 *
 * @returns its id
 * @throws BoxError 404 when there is no such folder
 */
export function addWorkflow(box: Box, caller: Caller, request: NewWorkflow): string {
  const { store } = box;
  // What is made here is not shown, so no URL is needed.
  const access = new Access({ store, caller, downloadUrl: () => '' });
  return store.transaction(() => {
    const folder = access.active('folder', request.folderId, 'upload');
    const id = store.items.takeIds(3);
    store.workflows.add({
      id,
      folder_id: folder.id,
      name: request.name ?? 'Workflow',
      flow_id: id + 1,
      outcome_id: id + 2,
      action_type: request.actionType ?? 'delete_file',
      created_by: access.userId,
      created_at: store.nowSeconds(),
    });
    return String(id);
  });
}

/**
 * Starts a workflow for some of its folder's files. To be called inside a transaction.
 *
 * @throws BoxError 404 when there is no such workflow, flow or file; 400 for another folder, or a file elsewhere
 */
export function startWorkflow(access: Access, id: string, asked: Body): void {
  const workflow = access.store.workflows.get(parseId(id) ?? -1);
  if (!workflow) throw notFound('workflow', id);
  const folder = access.active('folder', asBody(asked.folder)?.id, 'upload');
  if (folder.id !== workflow.folder_id) throw invalid('folder', folder.id, 'is not the workflow’s');
  const flowId = asBody(asked.flow)?.id;
  if (flowId !== String(workflow.flow_id)) throw notFound('flow', textOf(flowId));
  if (!Array.isArray(asked.files)) throw new BoxError('bad_request');
  const files = asked.files.map((file) => ownFile(access, workflow, asBody(file)?.id));
  if (workflow.action_type !== 'delete_file') return;
  for (const file of files) moveToTrash(access, file, false);
}

function ownFile(access: Access, { folder_id: folderId }: WorkflowRow, id: unknown): FileRow {
  const file = access.activeFile(id);
  if (!access.view.isWithin(file, folderId)) {
    throw invalid('files', id, 'is not in the workflow’s folder');
  }
  return file;
}
