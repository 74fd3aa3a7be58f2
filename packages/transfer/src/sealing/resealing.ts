/**
 * Encrypts what is in Box for others than before: each file is fetched, decrypted and encrypted anew on its way through
 * this machine, with a new key, and becomes a new version of itself. What is compressed stays so, and nothing is ever
 * plain on the disk.
 */
import { BoxhaulError } from '@boxhaul/client';
import {
  type Form,
  formOf,
  type Identities,
  NAME_KEY_FILE,
  open,
  type Recipients,
  seal,
} from '@boxhaul/seal';
import { FETCHED_FIELDS, type FileInBox, fileInBox } from '../download/file-in-box.ts';
import { RunningSha1 } from '../hash.ts';
import { type JobContext, type Planned, runJob } from '../job.ts';
import { memoryToLend, type Source } from '../origins/source.ts';
import { spooledSource } from '../origins/spooled-source.ts';
import { PART_MEMORY_BYTES } from '../plan.ts';
import { progressOf } from '../progress.ts';
import { reason, reasonOf, TransferFailure } from '../reason.ts';
import { failureResult, settled } from '../result.ts';
import { type ChoosingInBox, choosingInBox } from '../selection/choosing-in-box.ts';
import type { Held } from '../state/seals.ts';
import type { TransferReport, TransferResult } from '../transfer.ts';
import { type Findings, pathIn, readBoxFolder, walk } from '../tree/tree.ts';
import { contentsOf } from '../upload/contents.ts';
import { PartMemory } from '../upload/part-memory.ts';
import { send } from '../upload/sending.ts';
import { asFailure } from './failure.ts';
import { KnownSeals } from './known-seals.ts';
import { learnNameKey } from './name-key.ts';
import type { ResealOptions } from './reseal.ts';
import { Turns } from './turns.ts';

/** A file of which the name says that it is encrypted. */
interface Item {
  readonly path: string;
  readonly name: string;
  readonly etag: string | undefined;
  readonly file: FileInBox;
}

/** Each has two copies of a file on the disk. */
const AT_ONCE = 3;

/** How often one file is tried when that can help. */
const TRIES = 3;

const ENCRYPTED = { isCompressed: false, isEncrypted: true } as const;
const BOTH = { isCompressed: true, isEncrypted: true } as const;

/** What `reseal` promises. */
export async function resealAll(options: ResealOptions): Promise<TransferReport> {
  const { folderId, identities, recipients } = options;
  const memory = new PartMemory(PART_MEMORY_BYTES);
  const turns = new Turns(AT_ONCE);
  let known: KnownSeals | undefined;
  return await runJob<Item>(
    {
      direction: 'upload',
      mode: 'update',
      ends: ['reseal', folderId, ...recipients.list.toSorted()],
      async begin(context) {
        known = await KnownSeals.open(context);
        const choosing = await choosingInBox(context.filter, context);
        const at = { ...context, listener: known };
        return walk<Folder, Planned<Item>>(
          { id: folderId, path: '' },
          (folder, findings) => visit(folder, findings, choosing, at),
          at,
        );
      },
      async execute(item, context) {
        if (!known) throw new Error('nothing was looked for');
        const means = { identities, recipients, memory, known };
        return await turns.take(() => resealed(item, means, context));
      },
    },
    options,
  );
}

interface Folder {
  readonly id: string;
  readonly path: string;
}

async function visit(
  { id, path }: Folder,
  findings: Findings<Folder, Planned<Item>>,
  choosing: ChoosingInBox,
  context: JobContext,
): Promise<void> {
  try {
    for await (const item of readBoxFolder(context, id, choosing.fields)) {
      const below = pathIn(path, item.name);
      if (item.type === 'folder' && context.filter.entersFolder(below)) {
        findings.enter({ id: item.id, path: below });
      }
      const isSealed = item.type === 'file' && formOf(item.name, ENCRYPTED).form.isEncrypted;
      if (!isSealed || !context.filter.takesFile(below) || !choosing.takes(item, below)) continue;
      context.plan(1, item.size ?? 0);
      const { name, etag } = item;
      const file = fileInBox(item);
      await findings.found({ item: { path: below, name, etag: etag ?? undefined, file } });
    }
  } catch (error) {
    if (path === '') throw error;
    await findings.found({
      result: failureResult(error, path, context.ending, { kind: 'folder' }),
    });
  }
}

interface Means {
  readonly identities: Identities;
  readonly recipients: Recipients;
  readonly memory: PartMemory;
  readonly known: KnownSeals;
}

async function resealed(item: Item, means: Means, context: JobContext): Promise<TransferResult> {
  const startedMs = performance.now();
  const { path, file } = item;
  const { id, sizeBytes: bytes } = file;
  const took = () => ({ id, bytes, ms: Math.round(performance.now() - startedMs) });
  if (!context.force && means.known.isFor(file.sha1, means.recipients)) {
    try {
      // A run that ended behind the sending has not come to that.
      await means.known.sayWhereUnsaid({ id, sha1: file.sha1 }, context);
      return settled('skipped', path, reason('same', 'sealed for these recipients'), took());
    } catch (error) {
      return failureResult(error, path, context.signal, took());
    }
  }
  if (context.dryRun) {
    const why = reason('dry-run', 'would be sealed anew');
    return settled('skipped', path, why, { ...took(), action: 'version' });
  }
  context.emit({ type: 'file-started', path, bytes });
  for (let attempt = 1; ; attempt++) {
    try {
      const result = await attemptReseal(item, means, context);
      return { kind: 'file', path, state: 'transferred', action: 'version', ...took(), ...result };
    } catch (error) {
      const canHelp =
        error instanceof BoxhaulError && ['retry', 'restart'].includes(error.recovery);
      if (!canHelp || attempt === TRIES || context.signal.aborted) {
        return failureResult(error, path, context.signal, took());
      }
      context.emit({ type: 'retry', path, attempt: attempt + 1, reason: reasonOf(error) });
    }
  }
}

async function attemptReseal(
  item: Item,
  { identities, recipients, memory, known }: Means,
  context: JobContext,
): Promise<Pick<TransferResult, 'id' | 'sha1' | 'bytes' | 'sealedBytes'>> {
  const { file, name, path } = item;
  const old = await fetched(item, context);
  try {
    const { form } = formOf(name, BOTH);
    const told = known.find(file.sha1);
    // What is written down of the new sealing is not to rest on what somebody may have written beside the old one.
    const holds = told && !told.isHearsay ? told : await heldIn(old, form, identities, context);
    const fresh = await encryptedAnew(old, item, { identities, recipients }, context);
    try {
      // Known before it is there: a run that ends behind the sending goes on behind it.
      known.sealed(fresh.sha1, holds, recipients);
      if (name === NAME_KEY_FILE) await learnNameKey(fresh.sha1, old.read(), identities, context);
      const contents = contentsOf(fresh, context.signal);
      const { client, signal, ending, aside } = context;
      const onProgress = progressOf(context, path, file.sizeBytes, fresh.sizeBytes);
      const sending = { client, memory, signal, ending, aside, onProgress };
      const sent = await send(contents, { fileId: file.id, ifMatch: item.etag }, sending);
      await known.say(sent, context);
      const { sha1, sizeBytes: bytes } = holds;
      return { id: sent.id, sha1, bytes, sealedBytes: fresh.sizeBytes };
    } finally {
      await fresh.close();
    }
  } finally {
    await old.close();
  }
}

/** What Box has of it, whole and proven, sealed as it is. */
async function fetched(
  { file: listed }: Item,
  { client, signal, expect }: JobContext,
): Promise<Source & { readonly sha1: string }> {
  expect(1);
  const { id, sha1: fingerprint } = listed;
  const { body } = await client.files.download(id, { signal });
  const source = await spooledSource({ key: id, fingerprint, isSettled: false }, body, signal);
  if (source.sha1 === listed.sha1) return source;
  await source.close();
  const now = fileInBox(await client.files.get(id, { fields: FETCHED_FIELDS, signal }));
  if (now.sha1 === listed.sha1) {
    const words = `what arrived has the SHA-1 ${source.sha1}, and Box says ${now.sha1}`;
    throw new TransferFailure('wrong-contents', words, { recovery: 'restart' });
  }
  throw new TransferFailure(
    'changed-on-box',
    'it was changed since it was listed, and left as it is',
  );
}

/** What is in it, which nobody has told: it is opened to the end for that, and not kept. */
async function heldIn(
  old: Source,
  form: Form,
  identities: Identities,
  { signal }: JobContext,
): Promise<Held> {
  const running = new RunningSha1();
  let sizeBytes = 0;
  try {
    for await (const chunk of open(old.read(memoryToLend(old)), form, identities)) {
      signal.throwIfAborted();
      running.add(chunk);
      sizeBytes += chunk.byteLength;
    }
  } catch (error) {
    throw asFailure(error);
  }
  return { sha1: running.hex(), sizeBytes };
}

async function encryptedAnew(
  old: Source,
  { file }: Item,
  { identities, recipients }: Pick<Means, 'identities' | 'recipients'>,
  { signal }: JobContext,
): Promise<Source & { readonly sha1: string }> {
  const inner = open(old.read(memoryToLend(old)), ENCRYPTED, identities);
  const { modifiedAt } = file;
  const about = {
    key: file.id,
    fingerprint: file.sha1,
    isSettled: false,
    ...(modifiedAt && { contentModifiedAt: `${modifiedAt.toISOString().slice(0, 19)}+00:00` }),
  };
  try {
    return await spooledSource(about, seal(inner, ENCRYPTED, recipients), signal);
  } catch (error) {
    throw asFailure(error);
  }
}
