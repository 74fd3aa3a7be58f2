/** Box's own SDK for Node, unmodified: what is said about items, what guards them, and zips of them. */
import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { unzipSync } from 'fflate';
import { sdk } from './testing/sdk.ts';

async function sdkWithFiles(t: TestContext) {
  const { client, emulator } = await sdk(t);
  const made = await emulator.seed({ '/a.txt': 'hello', '/d/b.txt': 'inner' });
  const idOf = (path: string) => made[path]?.id ?? '';
  return { client, emulator, fileId: idOf('/a.txt'), folderId: idOf('/d') };
}

test('comments: on a file, in reply, tagged, listed, changed, deleted', async (t) => {
  const { client, emulator, fileId } = await sdkWithFiles(t);
  const message = 'Hello there!';
  const comment = await client.comments.createComment({
    message,
    item: { id: fileId, type: 'file' },
  });
  assert.deepEqual([comment.message, comment.isReplyComment], [message, false]);
  const reply = await client.comments.createComment({
    message,
    item: { id: comment.id ?? '', type: 'comment' },
  });
  assert.deepEqual([reply.isReplyComment, reply.item?.id], [true, comment.id]);
  const tagged = await client.comments.createComment({
    message: '',
    taggedMessage: `@[${emulator.adminUserId}:Ann] look`,
    item: { id: fileId, type: 'file' },
  });
  assert.deepEqual([tagged.message, tagged.taggedMessage], ['Ann look', undefined]);
  assert.equal((await client.comments.getFileComments(fileId)).totalCount, 3);
  const changed = await client.comments.updateCommentById(reply.id ?? '', {
    requestBody: { message: 'Bye!' },
  });
  assert.equal(changed.message, 'Bye!');
  assert.equal((await client.comments.getCommentById(reply.id ?? '')).message, 'Bye!');
  await client.comments.deleteCommentById(comment.id ?? '');
  assert.equal((await client.comments.getFileComments(fileId)).totalCount, 1);
});

test('tasks and assignments: made, read, resolved, deleted', async (t) => {
  const { client, emulator, fileId } = await sdkWithFiles(t);
  const task = await client.tasks.createTask({
    item: { type: 'file', id: fileId },
    message: 'test message',
    dueAt: { value: new Date('2035-01-01T00:00:00Z') },
    action: 'review',
    completionRule: 'all_assignees',
  });
  assert.equal(task.dueAt?.value.toISOString(), '2035-01-01T00:00:00.000Z');
  const id = task.id ?? '';
  const assignment = await client.taskAssignments.createTaskAssignment({
    task: { id, type: 'task' },
    assignTo: { id: emulator.adminUserId },
  });
  assert.deepEqual(
    [assignment.item?.id, assignment.assignedTo?.id],
    [fileId, emulator.adminUserId],
  );
  assert.equal((await client.taskAssignments.getTaskAssignments(id)).totalCount, 1);
  const resolved = await client.taskAssignments.updateTaskAssignmentById(assignment.id ?? '', {
    requestBody: { message: 'updated message', resolutionState: 'approved' },
  });
  assert.deepEqual([resolved.message, resolved.resolutionState], ['updated message', 'approved']);
  const read = await client.taskAssignments.getTaskAssignmentById(assignment.id ?? '');
  assert.ok(read.completedAt);
  assert.equal((await client.tasks.getTaskById(id)).isCompleted, true);
  await assert.rejects(client.taskAssignments.deleteTaskAssignmentById(assignment.id ?? ''));
  assert.equal((await client.tasks.getFileTasks(fileId)).totalCount, 1);
  const other = await client.tasks.createTask({ item: { type: 'file', id: fileId } });
  const open = await client.taskAssignments.createTaskAssignment({
    task: { id: other.id ?? '', type: 'task' },
    assignTo: { id: emulator.adminUserId },
  });
  await client.taskAssignments.deleteTaskAssignmentById(open.id ?? '');
  assert.equal((await client.taskAssignments.getTaskAssignments(other.id ?? '')).totalCount, 0);
  await client.tasks.deleteTaskById(id);
  await assert.rejects(client.tasks.getTaskById(id));
});

test('folder locks and watermarks', async (t) => {
  const { client, fileId, folderId } = await sdkWithFiles(t);
  const lock = await client.folderLocks.createFolderLock({
    folder: { id: folderId, type: 'folder' },
    lockedOperations: { move: true, delete: true },
  });
  assert.deepEqual([lock.folder?.id, lock.lockedOperations?.move], [folderId, true]);
  assert.equal((await client.folderLocks.getFolderLocks({ folderId })).entries?.length, 1);
  await client.folderLocks.deleteFolderLockById(lock.id ?? '');
  const watermark = { watermark: { imprint: 'default' as const } };
  assert.ok((await client.fileWatermarks.updateFileWatermark(fileId, watermark)).watermark);
  assert.ok((await client.fileWatermarks.getFileWatermark(fileId)).watermark);
  await client.fileWatermarks.deleteFileWatermark(fileId);
  await assert.rejects(client.fileWatermarks.getFileWatermark(fileId));
  assert.ok((await client.folderWatermarks.updateFolderWatermark(folderId, watermark)).watermark);
  await client.folderWatermarks.deleteFolderWatermark(folderId);
});

test('file requests: copied, changed, deleted', async (t) => {
  const { client, emulator, folderId } = await sdkWithFiles(t);
  const id = emulator.addFileRequest({ folderId });
  const request = await client.fileRequests.getFileRequestById(id);
  assert.deepEqual([request.folder.id, request.type], [folderId, 'file_request']);
  const copy = await client.fileRequests.createFileRequestCopy(id, {
    folder: { id: folderId, type: 'folder' },
  });
  const updated = await client.fileRequests.updateFileRequestById(copy.id, {
    title: 'updated title',
    description: 'updated description',
  });
  assert.deepEqual([updated.title, updated.description], ['updated title', 'updated description']);
  await client.fileRequests.deleteFileRequestById(copy.id);
});

test('zips: asked for, fetched and asked about; thumbnails', async (t) => {
  const { client, fileId, folderId } = await sdkWithFiles(t);
  const items = [
    { id: fileId, type: 'file' as const },
    { id: folderId, type: 'folder' as const },
  ];
  const zip = await client.zipDownloads.createZipDownload({ items, downloadFileName: 'zip' });
  assert.deepEqual(zip.nameConflicts, []);
  const content = await client.zipDownloads.getZipDownloadContent(zip.downloadUrl ?? '');
  assert.deepEqual(Object.keys(unzipSync(await buffer(content))), ['a.txt', 'd/b.txt']);
  const status = await client.zipDownloads.getZipDownloadStatus(zip.statusUrl ?? '');
  assert.deepEqual([status.totalFileCount, status.downloadedFileCount], [2, 2]);
  assert.equal(status.state, 'succeeded');
  const whole = await client.zipDownloads.downloadZip({ items });
  assert.ok((await buffer(whole)).length > 100);
  const icon = await client.files.getFileThumbnailById(fileId, 'png');
  assert.ok(icon && (await buffer(icon)).length > 0);
  assert.match(await client.files.getFileThumbnailUrl(fileId, 'png'), /generic/);
});
