/** The key of encrypted names, where it lies in Box: sealed, in the folder that a job sent them to. */
import { text } from 'node:stream/consumers';
import { type BoxClient, type BoxFile, bodyOf, InputError } from '@boxhaul/client';
import {
  type Identities,
  NAME_KEY_FILE,
  type NameCipher,
  nameCipherFrom,
  newNameKey,
  open,
  type Recipients,
  seal,
} from '@boxhaul/seal';
import { listingCalls } from '../cost.ts';
import { sha1Of } from '../hash.ts';
import type { JobContext } from '../job.ts';
import type { Seals } from '../state/seals.ts';
import { asFailure } from './failure.ts';
import { looksEncrypted } from './looks-encrypted.ts';

const ENCRYPTED = { isCompressed: false, isEncrypted: true } as const;

/** What was found of a key. */
interface FoundNameKey {
  readonly key?: BoxFile;
  /** A name in the folder itself that looks as if it were encrypted. */
  readonly example?: string;
}

/**
 * Finds the key for what is below a folder: in it, or else in the folders above, up to the root. A listing for each
 * that is looked into, and one call.
 * @param above whether to look there, too, where no name in the folder looks as if it were encrypted
 */
export async function findNameKey(
  folderId: string,
  context: JobContext,
  above: 'always' | 'where names look encrypted',
): Promise<FoundNameKey> {
  const here = await keyIn(folderId, context);
  const isAboveNeeded = above === 'always' || here.example !== undefined;
  if (here.key || folderId === '0' || !isAboveNeeded) return here;
  const { client, ending: signal, expect } = context;
  expect(1);
  const folder = await client.folders.get(folderId, { fields: ['path_collection'], signal });
  for (const { id } of folder.path_collection?.entries.toReversed() ?? []) {
    const { key } = await keyIn(id, context);
    if (key) return { ...here, key };
  }
  return here;
}

async function keyIn(
  folderId: string,
  { client, ending: signal, expect }: JobContext,
): Promise<FoundNameKey> {
  let count = 0;
  let example: string | undefined;
  const fields = ['name', 'sha1', 'size'];
  try {
    for await (const item of client.folders.items(folderId, { fields, signal })) {
      count += 1;
      if (looksEncrypted(item.name)) example ??= item.name;
      if (item.type === 'file' && item.name === NAME_KEY_FILE) return { key: item };
    }
    return example === undefined ? {} : { example };
  } finally {
    expect(listingCalls(count));
  }
}

/**
 * Opens a key that was found; once this machine had it open, it needs no identity.
 * @throws {InputError} there is no identity
 * @throws {TransferFailure} `not-opened`: the identities do not open it
 */
export async function openNameKey(
  file: BoxFile,
  identities: Identities | undefined,
  { client, signal, memory, expect }: JobContext,
): Promise<NameCipher> {
  const seals = memory?.state.seals;
  const known = seals?.findNameKey(file.sha1);
  if (known !== undefined) return nameCipherFrom(known);
  if (!identities) throw noIdentity();
  expect(1);
  const { body } = await client.files.download(file.id, { signal });
  const key = await text(open(body, ENCRYPTED, identities)).catch((error: unknown) => {
    throw asFailure(error);
  });
  const cipher = nameCipherFrom(key);
  seals?.putNameKey(file.sha1, key);
  return cipher;
}

/** Remembers a key that was sealed anew, and has another SHA-1. */
export async function learnNameKey(
  sealedSha1: string,
  sealed: AsyncIterable<Uint8Array>,
  identities: Identities,
  { memory }: JobContext,
): Promise<void> {
  memory?.state.seals.putNameKey(sealedSha1, await text(open(sealed, ENCRYPTED, identities)));
}

/**
 * Makes a key for a folder that has none, and seals it there.
 * @throws {InputError} names there had one: with another they would all be sent again, and nobody could read the old ones
 */
export async function makeNameKey(
  folderId: string,
  { example }: FoundNameKey,
  recipients: Recipients,
  context: JobContext,
): Promise<NameCipher> {
  if (example !== undefined) throw keyIsLost(example);
  const key = newNameKey();
  const cipher = nameCipherFrom(key);
  context.expect(1);
  if (context.dryRun) return cipher;
  await sendNameKey(key, { name: NAME_KEY_FILE, parentId: folderId }, recipients, context);
  return cipher;
}

async function sendNameKey(
  key: string,
  to: { readonly name: string; readonly parentId: string },
  recipients: Recipients,
  {
    client,
    signal,
    memory,
  }: { client: BoxClient; signal: AbortSignal; memory?: { state: { seals: Seals } } },
): Promise<void> {
  const sealed = await Array.fromAsync(seal(once(key), ENCRYPTED, recipients));
  const bytes = Buffer.concat(sealed);
  // Known before it is there: a run that ends in between would leave a key that nobody here can use.
  memory?.state.seals.putNameKey(sha1Of(bytes), key);
  await client.files.upload({ ...to, body: bodyOf(bytes), sha1: sha1Of(bytes) }, { signal });
}

async function* once(words: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(words);
}

function keyIsLost(example: string): InputError {
  return new InputError(
    `"${example}" in this folder looks like an encrypted name, and ${NAME_KEY_FILE}, which has the key, is not there\n` +
      '→ bring it back: boxhaul trash list, boxhaul trash restore\n' +
      '→ send into another folder; or rename it, if it is no encrypted name',
  );
}

function noIdentity(): InputError {
  return new InputError(
    `the names in this folder are encrypted, and this machine never had their key open\n` +
      `→ --identity-file key.txt, with an identity that opens ${NAME_KEY_FILE}`,
  );
}
