import type { BoxFile } from '../box-types.ts';
import type { Clock } from '../clock.ts';
import { type BoxConflict, isBoxError } from '../errors.ts';
import type { Lookup, Send } from '../request.ts';
import { entity, pathOf } from './answers.ts';
import { type FieldsOptions, fieldsOf } from './call-options.ts';
import { Since } from './since.ts';

/** What was uploaded. */
export interface LostContent {
  readonly sizeBytes: number;
  /** Lower-case hex; undefined while the content was never read to its end, so that Box cannot have it. */
  sha1(): string | undefined;
}

/**
 * Finds a new file whose upload nobody saw the answer of: the one that has the name now, if it holds our
 * content and was made since. Preflight names it in one call, without sending the content again.
 *
 * @see https://developer.box.com/guides/uploads/check/
 */
export function lookUpNewFile(
  send: Send,
  clock: Clock,
  target: { readonly name: string; readonly parentId: string },
  content: LostContent,
  { fields, signal }: FieldsOptions,
): Lookup {
  const since = new Since(clock);
  return async (failure) => {
    const sha1 = content.sha1();
    if (sha1 === undefined) return undefined;
    const inTheWay =
      conflictOf(failure) ?? (await whoHas(send, target.name, target.parentId, signal));
    if (inTheWay?.type !== 'file' || (inTheWay.sha1 ?? sha1) !== sha1) return undefined;
    return await fileIfOurs(send, inTheWay.id, content, 'created_at', since, { fields, signal });
  };
}

/**
 * Finds a new version whose upload nobody saw the answer of: the file's current one, if it holds our content and
 * the file changed since. That holds for a 412 on the repetition as well: the etag that was to match may have
 * been raised by us.
 */
export function lookUpNewVersion(
  send: Send,
  clock: Clock,
  fileId: string,
  content: LostContent,
  options: FieldsOptions,
): Lookup {
  const since = new Since(clock);
  return async () => {
    if (content.sha1() === undefined) return undefined;
    return await fileIfOurs(send, fileId, content, 'modified_at', since, options);
  };
}

/** The file in the form of an upload's answer, if it holds our content since the upload began. */
async function fileIfOurs(
  send: Send,
  id: string,
  content: LostContent,
  dated: 'created_at' | 'modified_at',
  since: Since,
  { fields, signal }: FieldsOptions,
): Promise<{ data: { entries: BoxFile[] } } | undefined> {
  const response = await send({
    method: 'GET',
    path: pathOf('/files', id),
    query: { fields: fieldsOf('file', fields && [...fields, 'size', dated]) },
    signal,
  });
  const file = entity<BoxFile>('file')(response.data);
  const isOurs =
    file?.sha1 === content.sha1() &&
    file?.size === content.sizeBytes &&
    since.includes(file[dated], response);
  return file && isOurs ? { data: { entries: [file] } } : undefined;
}

/** What has this name in this folder, as preflight tells. */
async function whoHas(
  send: Send,
  name: string,
  parentId: string,
  signal: AbortSignal | undefined,
): Promise<BoxConflict | undefined> {
  try {
    const json = { name, parent: { id: parentId } };
    await send({ method: 'OPTIONS', path: '/files/content', json, signal });
  } catch (error) {
    // Any other refusal meets the repeated upload as well, which is the better one to tell of it.
    if (isBoxError(error) && error.status < 500) return conflictOf(error);
    throw error;
  }
  return undefined;
}

function conflictOf(failure: unknown): BoxConflict | undefined {
  return isBoxError(failure, 'item_name_in_use') ? failure.conflict : undefined;
}
