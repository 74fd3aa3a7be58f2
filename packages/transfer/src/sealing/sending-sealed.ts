/** A file that goes to Box sealed: copied from where Box has it so, or else sealed and sent. */
import type { BoxFile } from '@boxhaul/client';
import type { JobContext } from '../job.ts';
import type { TransferAction, TransferResult } from '../transfer.ts';
import { type Contents, contentsOf } from '../upload/contents.ts';
import type { UploadItem } from '../upload/upload-item.ts';
import { isWrongContents } from '../upload/upload-retry.ts';
import type { Sealing } from './sealing.ts';

type SealedItem = UploadItem & { readonly sealing: Sealing };

/** Brings sealed contents to where the file goes, under this name; it is told to have so many bytes. */
type Send = (
  name: string,
  sealed: Contents,
  bytes: number,
) => Promise<{ file: BoxFile; done: { action: TransferAction } }>;

/** @returns undefined if it is best left as it is: then nothing was sent */
export async function sendSealed(
  item: SealedItem,
  action: TransferAction,
  contents: Contents,
  send: Send,
  context: JobContext,
): Promise<TransferResult | undefined> {
  const copied = action === 'version' ? undefined : await copy(item, contents, send, context);
  return copied ?? (await sealAndSend(item, contents, send, context));
}

/** No two sealings are the same bytes: of what Box has in another target, only a copy is the same. */
async function copy(
  item: SealedItem,
  contents: Contents,
  send: Send,
  context: JobContext,
): Promise<TransferResult | undefined> {
  const { path, sealing, together } = item;
  const { twin, isRefused } = together?.copying ?? {};
  if (!twin?.sealed || isRefused) return undefined;
  const { form, holds, sizeBytes: sealedBytes } = twin.sealed;
  const name = sealing.nameAs(form, item);
  if (name === undefined || (await contents.sha1()) !== holds.sha1) return undefined;
  const there: Contents = {
    ...contents,
    sizeBytes: sealedBytes,
    isInBoxOnly: true,
    sha1: async () => twin.sha1,
  };
  const { sha1, sizeBytes: bytes } = holds;
  const sent = await send(name, there, bytes).catch((error: unknown) => {
    if (!together?.copying?.isRefused || isWrongContents(error)) throw error;
    return undefined;
  });
  if (!sent) return undefined;
  await sealing.sayOfCopy(sent.file, twin, context);
  together?.sent(sent.file);
  const { id, sha1: sealedSha1 } = sent.file;
  const details = { ...sent.done, id, sha1, bytes, sealedBytes, sealedSha1, ms: 0 };
  return { kind: 'file', path, state: 'transferred', ...details };
}

async function sealAndSend(
  item: SealedItem,
  { source }: Contents,
  send: Send,
  context: JobContext,
): Promise<TransferResult | undefined> {
  const { path, sealing, together } = item;
  const as = await sealing.formFor(item, source);
  if (!as) return undefined;
  const sealed = await (together?.seal(as.form, source, context) ??
    sealing.seal(item, as, source, context));
  const contents = contentsOf(sealed.source, context.signal);
  const { sha1, sizeBytes: bytes } = sealed.holds;
  try {
    const sent = await send(as.name, contents, bytes);
    // The next run knows what is there even if this one ends before Box is told.
    await sealed.done();
    await sealing.say(sent.file, true, context);
    together?.sent(sent.file);
    const { id, sha1: sealedSha1 } = sent.file;
    const sealedBytes = sealed.source.sizeBytes;
    const details = { ...sent.done, id, sha1, bytes, sealedBytes, sealedSha1, ms: 0 };
    return { kind: 'file', path, state: 'transferred', ...details };
  } finally {
    await contents.close();
    await sealed.close();
  }
}
