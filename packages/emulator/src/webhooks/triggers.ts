/**
 * What a webhook can be told of, and by which kind of target.
 * https://developer.box.com/guides/webhooks/triggers/
 */
const both = [
  'FILE.PREVIEWED',
  'FILE.DOWNLOADED',
  'FILE.TRASHED',
  'FILE.DELETED',
  'FILE.RESTORED',
  'FILE.COPIED',
  'FILE.MOVED',
  'FILE.LOCKED',
  'FILE.UNLOCKED',
  'FILE.RENAMED',
  'COMMENT.CREATED',
  'COMMENT.UPDATED',
  'COMMENT.DELETED',
  'TASK_ASSIGNMENT.CREATED',
  'TASK_ASSIGNMENT.UPDATED',
  'METADATA_INSTANCE.CREATED',
  'METADATA_INSTANCE.UPDATED',
  'METADATA_INSTANCE.DELETED',
  'SHARED_LINK.CREATED',
  'SHARED_LINK.UPDATED',
  'SHARED_LINK.DELETED',
  'SIGN_REQUEST.COMPLETED',
  'SIGN_REQUEST.DECLINED',
  'SIGN_REQUEST.EXPIRED',
  'SIGN_REQUEST.SIGNER_EMAIL_BOUNCED',
  'SIGN_REQUEST.SIGN_SIGNER_SIGNED',
  'SIGN_REQUEST.SIGNATURE_REQUESTED',
  'SIGN_REQUEST.SIGNER_VIEWED',
  'SIGN_REQUEST.ERROR_FINALIZING',
];
const folderOnly = [
  'FILE.UPLOADED',
  'FOLDER.CREATED',
  'FOLDER.RENAMED',
  'FOLDER.DOWNLOADED',
  'FOLDER.RESTORED',
  'FOLDER.DELETED',
  'FOLDER.COPIED',
  'FOLDER.MOVED',
  'FOLDER.TRASHED',
  'COLLABORATION.CREATED',
  'COLLABORATION.ACCEPTED',
  'COLLABORATION.REJECTED',
  'COLLABORATION.REMOVED',
  'COLLABORATION.UPDATED',
];

const fileTriggers = new Set(both);
const folderTriggers = new Set([...both, ...folderOnly]);

/** Whether a webhook on such a target can be told of that. */
export function fits(trigger: unknown, target: 'file' | 'folder'): trigger is string {
  if (typeof trigger !== 'string') return false;
  if (target === 'file') return fileTriggers.has(trigger);
  return folderTriggers.has(trigger);
}
