/** Recipients and identities, from what was typed and the files that it names. */
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type Identities,
  identitiesFrom,
  KeyError,
  type KeyText,
  type Recipients,
  recipientsFrom,
} from '@boxhaul/seal';
import type { OpenOptions, SealOptions } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { assertOwnerOnly } from '../files/owner-only.ts';
import type {
  TypedIdentities,
  TypedOpenOptions,
  TypedSealOptions,
} from '../options/seal-options.ts';
import { quoted } from '../output/quoted.ts';

/** How an upload seals; undefined where it does not. */
export async function sealOptions(
  context: CommandContext,
  options: TypedSealOptions,
): Promise<SealOptions | undefined> {
  const { compress, encryptNames, sealIn } = options;
  const recipients = await typedRecipients(context, options);
  assertOfUse(options, recipients);
  if (!compress && !recipients) return undefined;
  const identities = await typedIdentities(context, options);
  return {
    ...(compress && { compress: true }),
    ...(recipients && { recipients }),
    ...(encryptNames && { encryptNames }),
    ...(identities && { identities }),
    ...(sealIn !== undefined && { directory: resolve(context.cwd, sealIn) }),
  };
}

/** How a download opens; undefined where it does not. */
export async function openOptions(
  context: CommandContext,
  options: TypedOpenOptions,
): Promise<OpenOptions | undefined> {
  const { decompress } = options;
  const identities = await typedIdentities(context, options);
  if (!identities && !decompress) return undefined;
  return { ...(identities && { identities }), ...(decompress && { decompress }) };
}

/** @throws {CliError} a file is not there, or something in it is no recipient */
export async function typedRecipients(
  { cwd }: CommandContext,
  { encryptTo = [], recipientsFile = [] }: TypedSealOptions,
): Promise<Recipients | undefined> {
  const files = await Promise.all(recipientsFile.map((path) => readKeys(cwd, path)));
  const texts = [...encryptTo.map((text) => ({ text, from: '--encrypt-to' })), ...files];
  if (texts.length === 0) return undefined;
  return checked(
    () => recipientsFrom(texts),
    'boxhaul keygen key.txt    makes a key, and says its recipient',
  );
}

/** @throws {CliError} a file is not there, others can read it, or something in it is no identity */
export async function typedIdentities(
  { cwd, options }: CommandContext,
  { identityFile = [] }: TypedIdentities,
): Promise<Identities | undefined> {
  if (identityFile.length === 0) return undefined;
  const isInsecureAllowed = options.insecureConfig === true;
  const texts: KeyText[] = [];
  for (const path of identityFile) {
    await assertOwnerOnly(resolve(cwd, path), { isInsecureAllowed });
    texts.push(await readKeys(cwd, path));
  }
  return checked(() => identitiesFrom(texts), 'boxhaul keygen key.txt    makes such a file');
}

function assertOfUse(options: TypedSealOptions, recipients: Recipients | undefined): void {
  const { compress, encryptNames, identityFile, sealIn } = options;
  const needsRecipients = encryptNames ? '--encrypt-names' : identityFile && '--identity-file';
  if (needsRecipients && !recipients) {
    throw new CliError(
      `${needsRecipients} is for what is encrypted, and nobody is named to read it`,
      {
        ways: [
          '--encrypt-to age1…    or --recipients-file team.txt',
          'boxhaul keygen key.txt    makes a key, and says its recipient',
        ],
      },
    );
  }
  if (sealIn !== undefined && !compress && !recipients) {
    throw new CliError('--seal-in says where sealed files wait, and nothing is sealed', {
      ways: ['add --encrypt-to or --compress zstd, or leave it out'],
    });
  }
}

/** Larger ones hold something else. */
const LARGEST_BYTES = 1_000_000;

async function readKeys(cwd: string, path: string): Promise<KeyText> {
  const full = resolve(cwd, path);
  try {
    const { size } = await stat(full);
    if (size <= LARGEST_BYTES) return { text: await readFile(full, 'utf8'), from: path };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const words = code === 'ENOENT' ? 'is not there' : `cannot be read (${code ?? cause})`;
    throw new CliError(`${path} ${words}`, {
      details: [`paths are taken from ${cwd}`],
      ways: [`boxhaul keygen ${quoted(path)}    makes a key`],
      cause,
    });
  }
  throw new CliError(`${path} is too large to be a file of keys`, {
    ways: ['name one with a key on each line'],
  });
}

function checked<T>(read: () => T, way: string): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof KeyError) throw new CliError(cause.message, { ways: [way], cause });
    throw cause;
  }
}
