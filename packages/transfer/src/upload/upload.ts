/** One file to Box: compared, sent, verified, tried again where that can help. */
import type { BoxFile } from '@boxhaul/client';
import { type BoxOccupant, compareUpload, type Decision, decide } from '../compare.ts';
import type { JobContext } from '../job.ts';
import { progressOf } from '../progress.ts';
import { reason, reasonOf } from '../reason.ts';
import { failureResult, settled } from '../result.ts';
import { sendSealed } from '../sealing/sending-sealed.ts';
import type { TransferAction, TransferResult } from '../transfer.ts';
import { type Contents, contentsOf } from './contents.ts';
import type { Destination } from './destination.ts';
import { sendEarlier } from './earlier-versions.ts';
import type { History, Plan } from './history.ts';
import { closeLeftSession, rememberedUploads } from './kept-session.ts';
import type { NameInBox } from './name-in-box.ts';
import type { PartMemory } from './part-memory.ts';
import { finishWaiting, replaceFile, trashIfUnchanged } from './replacing.ts';
import { send } from './sending.ts';
import type { UploadItem } from './upload-item.ts';
import { isWrongContents, whatNow } from './upload-retry.ts';

/** How often one file is tried when starting afresh can help. */
const TRIES = 3;

/**
 * Uploads one file, with what it was before where that comes along. Every outcome is a result but an error that ends
 * the whole run.
 * @throws {BoxhaulError} with `recovery: 'stop'`
 */
export async function uploadFile(
  item: UploadItem,
  context: JobContext,
  memory: PartMemory,
  history: History,
): Promise<TransferResult> {
  const startedMs = performance.now();
  const { sizeBytes: bytes } = item;
  let { inBox } = item;
  for (let attempt = 1; ; attempt++) {
    try {
      const result = await attemptUpload({ ...item, inBox }, context, memory, history);
      return { ...result, ms: Math.round(performance.now() - startedMs) };
    } catch (error) {
      const ms = Math.round(performance.now() - startedMs);
      try {
        const isLast = attempt === TRIES || context.signal.aborted;
        const failed = { names: namesInBox(item), inBox };
        const next = isLast ? undefined : await whatNow(error, failed, context.client);
        if (!next) return failureResult(error, item.path, context.signal, { bytes, ms });
        inBox = next;
      } catch (hopeless) {
        return failureResult(hopeless, item.path, context.signal, { bytes, ms });
      }
      const why = reasonOf(error);
      context.emit({ type: 'retry', path: item.path, attempt: attempt + 1, reason: why });
    }
  }
}

async function attemptUpload(
  item: UploadItem,
  context: JobContext,
  memory: PartMemory,
  history: History,
): Promise<TransferResult> {
  const contents = await (item.together?.open() ?? openContents(item, context));
  const { source } = contents;
  let failure: unknown;
  try {
    const decision = await decideUpload(item, contents, context.force);
    const plan = item.sealing
      ? await history.planSealed(decision, item, context)
      : await history.plan(decision, item, contents, context);
    const { changed: error } = item.inBox;
    if (error && plan.verdict.do === 'send') {
      const details = { bytes: contents.sizeBytes, error };
      return settled('failed', item.path, error.reason, details);
    }
    const result = await carryOut(plan, item, contents, { context, memory, history });
    if (result.state === 'transferred' && result.sha1 !== undefined) {
      contents.learn(result.sha1);
    }
    if (!context.dryRun && result.state !== 'failed') {
      await trashLeftovers(item, result.id, context);
      await closeLeftSessions(item, source.key, context);
      if (!item.together) item.sealing?.forget(item, source, context);
    }
    return result;
  } catch (error) {
    if (isWrongContents(error)) context.memory?.state.hashes.forget(source.key);
    failure = error;
    throw error;
  } finally {
    await contents.close(failure);
  }
}

/** Opens a file for one upload; closing its contents closes it. */
async function openContents(
  { origin, entry }: UploadItem,
  { signal, memory }: JobContext,
): Promise<Contents> {
  const source = await origin.open(entry, signal, memory?.state.hashes);
  const contents = contentsOf(source, signal, memory?.state.hashes);
  const close = async () => {
    await contents.close();
    await source.close();
  };
  return { ...contents, close };
}

function decideUpload(item: UploadItem, contents: Contents, force: boolean): Promise<Decision> {
  const { name, mode, sealing, inBox } = item;
  const found = inBox.occupant;
  const occupant = found && (sealing ? sealing.opened(found, name) : occupantOf(found));
  const candidate = {
    name,
    mode,
    force,
    sizeBytes: contents.sizeBytes,
    ...(occupant && { occupant }),
  };
  return decide(
    (sha1) => compareUpload({ ...candidate, ...(sha1 !== undefined && { sha1 }) }),
    contents.sha1,
  );
}

/** What doing it takes besides the file. */
interface Means {
  context: JobContext;
  memory: PartMemory;
  history: History;
}

async function carryOut(
  plan: Plan,
  item: UploadItem,
  contents: Contents,
  means: Means,
): Promise<TransferResult> {
  const { context } = means;
  const { verdict } = plan;
  const { path } = item;
  const bytes = contents.sizeBytes;
  const known = item.inBox.occupant && { id: item.inBox.occupant.id };
  switch (verdict.do) {
    case 'fail':
      return settled('failed', path, verdict.reason, { bytes, ...known });
    case 'skip': {
      const isSame = verdict.reason.code === 'same';
      if (isSame) await sayWhatItHolds(item, context);
      const same = isSame && {
        sha1: await contents.sha1(),
        ...sealedThere(item),
        ...endOf(contents),
      };
      return settled('skipped', path, verdict.reason, { bytes, ...known, ...same });
    }
    case 'send': {
      const { action } = verdict;
      if (context.dryRun) {
        const isCopied = item.together?.copying !== undefined && action !== 'version';
        item.sealing?.expectToSay(isCopied, context);
        const why = reason('dry-run', 'would be sent');
        return settled('skipped', path, why, { bytes, action, ...known });
      }
      context.emit({ type: 'file-started', path, bytes });
      const send = () => sendFile(action, item, contents, plan, means);
      const right = action === 'version' ? 'version' : 'create';
      return await (item.together?.gate?.pass(context.client, right, send) ?? send());
    }
  }
}

/** Sends it, sealed where it is to be, and tells of that. */
async function sendFile(
  action: TransferAction,
  item: UploadItem,
  contents: Contents,
  { lacking }: Plan,
  means: Means,
): Promise<TransferResult> {
  const { path, sealing, together } = item;
  if (sealing) {
    const send = (name: string, sealed: Contents, bytes: number) =>
      sendAs(action, { ...item, name }, sealed, [], means, bytes);
    const result = await sendSealed({ ...item, sealing }, action, contents, send, means.context);
    if (result) return { ...result, ...endOf(contents) };
  }
  const { file, done } = await sendAs(action, item, contents, lacking, means);
  together?.sent(file);
  const { id, sha1 } = file;
  const { sizeBytes: bytes } = contents;
  const end = endOf(contents);
  return { kind: 'file', path, state: 'transferred', ...done, id, sha1, bytes, ms: 0, ...end };
}

function endOf({ source: { mayBeCut } }: Contents): Pick<TransferResult, 'mayBeCut'> {
  return mayBeCut ? { mayBeCut } : {};
}

/** What is in Box of a file that is sealed there. */
function sealedThere({
  sealing,
  inBox: { occupant },
}: UploadItem): Pick<TransferResult, 'sealedBytes' | 'sealedSha1'> {
  if (!sealing || occupant?.size === undefined || occupant.sha1 === undefined) return {};
  return { sealedBytes: occupant.size, sealedSha1: occupant.sha1 };
}

/** An earlier run may have ended between sending it and telling Box what it sent. */
async function sayWhatItHolds(
  { sealing, inBox: { occupant } }: UploadItem,
  context: JobContext,
): Promise<void> {
  if (!sealing || occupant?.sha1 === undefined) return;
  await sealing.say({ id: occupant.id, sha1: occupant.sha1 }, false, context);
}

/** @param bytes what it is told to have, where it is sealed and has others */
async function sendAs(
  action: TransferAction,
  item: UploadItem,
  contents: Contents,
  lacking: Plan['lacking'],
  { context, memory, history }: Means,
  bytes = contents.sizeBytes,
): Promise<{ file: BoxFile; done: { action: TransferAction } }> {
  const { path, name, folderId, inBox } = item;
  const { client, signal, ending, aside } = context;
  const onProgress = progressOf(context, path, bytes, contents.sizeBytes);
  const remembered = rememberedUploads({ name, folderId }, context);
  const sending = {
    client,
    memory,
    signal,
    ending,
    aside,
    onProgress,
    ...(remembered && { remembered }),
    ...(item.together?.copying && { copying: item.together.copying }),
  };
  const after = (to: Destination) =>
    sendEarlier(lacking, item, to, sending, { context, told: history });
  const { occupant, unfinished } = inBox;
  if (action === 'new' || !occupant) {
    const finished = await finishWaiting(client, name, unfinished, contents);
    if (finished) {
      history.leave(lacking);
      return { file: finished, done: { action: 'replaced' } };
    }
    const to = await after({ name, folderId });
    return { file: await send(contents, to, sending), done: { action: 'new' } };
  }
  if (action === 'replaced') {
    const replacement = { name, folderId, old: occupant, unfinished };
    return { file: await replaceFile(replacement, contents, sending), done: { action } };
  }
  const to = await after({ fileId: occupant.id, ifMatch: occupant.etag ?? undefined });
  return { file: await send(contents, to, sending), done: { action } };
}

function namesInBox({ name, sealing }: UploadItem): readonly string[] {
  return sealing?.namesOf(name) ?? [name];
}

async function closeLeftSessions(
  item: UploadItem,
  key: string,
  context: JobContext,
): Promise<void> {
  for (const name of namesInBox(item)) {
    const remembered = rememberedUploads({ name, folderId: item.folderId }, context);
    if (remembered) await closeLeftSession(context.client, key, remembered);
  }
}

/** Waiting files for this name that this run had no use for. */
async function trashLeftovers(
  item: UploadItem,
  usedId: string | undefined,
  { client }: JobContext,
): Promise<void> {
  for (const file of item.inBox.unfinished) {
    if (file.id !== usedId) await trashIfUnchanged(client, file);
  }
}

function occupantOf(item: NonNullable<NameInBox['occupant']>): BoxOccupant {
  return {
    id: item.id,
    type: item.type,
    name: item.name,
    ...(item.size !== undefined && { sizeBytes: item.size }),
    ...(item.sha1 !== undefined && { sha1: item.sha1 }),
  };
}
