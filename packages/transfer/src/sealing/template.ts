/**
 * What Box keeps of a sealed file beside it: the size and SHA-1 of what is in it, and which sealed bytes that is said
 * of. A version that somebody else put on top has another SHA-1, and then it says nothing.
 */
import { type BoxClient, type BoxItem, isBoxError } from '@boxhaul/client';
import type { Held } from '../state/seals.ts';

export const SEAL_TEMPLATE_KEY = 'boxhaulSeal';

const FIELDS = [
  { type: 'string', key: 'sealedSha1', displayName: 'SHA-1, sealed' },
  { type: 'string', key: 'plainSha1', displayName: 'SHA-1, opened' },
  { type: 'string', key: 'plainSize', displayName: 'Bytes, opened' },
] as const;

const TEMPLATE = { scope: 'enterprise', templateKey: SEAL_TEMPLATE_KEY } as const;

interface CallOptions {
  readonly signal?: AbortSignal;
}

/** A template that this enterprise has. */
export interface SealTemplate {
  /** What a listing is to say beside the usual. */
  readonly field: string;
  /** Whether a copy of a file comes with what is said of it. */
  readonly isCopied: boolean;
  /** What an item, listed so, is said to hold; undefined where it says nothing of these very bytes. */
  read(item: BoxItem): Held | undefined;
  /**
   * Says it of a file, by its SHA-1 as it is.
   * @param isThere whether an earlier version was said something of: then it takes one call less
   */
  write(
    file: { readonly id: string; readonly sha1: string },
    holds: Held,
    isThere: boolean,
    options: CallOptions,
  ): Promise<void>;
}

/** The template, if the enterprise has it. A call. */
export async function findSealTemplate(
  client: BoxClient,
  options: CallOptions,
): Promise<SealTemplate | undefined> {
  try {
    const { scope = '', copyInstanceOnItemCopy: isCopied = false } =
      await client.metadataTemplates.get(TEMPLATE, options);
    return templateOf(client, scope, isCopied);
  } catch (error) {
    // Who belongs to no enterprise, or may not look, has none.
    if (isBoxError(error) && [400, 403, 404].includes(error.status)) return undefined;
    throw error;
  }
}

/**
 * Makes the metadata template in which Box keeps what sealed files hold, unless it is there.
 * @throws {BoxApiError} 403: only admins of an enterprise, and apps that may manage it, can
 * @example
 * ```ts
 * import { createSealTemplate } from '@boxhaul/transfer';
 *
 * console.log(await createSealTemplate(client)); // created
 * console.log(await createSealTemplate(client)); // exists
 * ```
 */
export async function createSealTemplate(
  client: BoxClient,
  options: CallOptions = {},
): Promise<'created' | 'exists'> {
  if (await findSealTemplate(client, options)) return 'exists';
  const { templateKey } = TEMPLATE;
  await client.metadataTemplates.create(
    { templateKey, displayName: 'Boxhaul seal', fields: FIELDS, copyInstanceOnItemCopy: true },
    options,
  );
  return 'created';
}

function templateOf(client: BoxClient, scope: string, isCopied: boolean): SealTemplate {
  return {
    field: `metadata.${scope}.${SEAL_TEMPLATE_KEY}`,
    isCopied,
    read(item) {
      if (item.type !== 'file') return undefined;
      const values = item.metadata?.[scope]?.[SEAL_TEMPLATE_KEY];
      return values?.sealedSha1 === item.sha1 ? heldOf(values) : undefined;
    },
    async write({ id, sha1: sealedSha1 }, { sha1, sizeBytes }, isThere, options) {
      const file = { type: 'file', id } as const;
      const values = { sealedSha1, plainSha1: sha1, plainSize: String(sizeBytes) };
      const change = () => {
        const steps = Object.entries(values);
        return client.metadata.update(
          file,
          TEMPLATE,
          steps.map(([key, value]) => ({ op: 'add', path: `/${key}`, value })),
          options,
        );
      };
      if (isThere) return void (await change());
      try {
        await client.metadata.create(file, TEMPLATE, values, options);
      } catch (error) {
        if (!isBoxError(error, 'tuple_already_exists')) throw error;
        await change();
      }
    },
  };
}

function heldOf({ plainSha1, plainSize }: Record<string, unknown>): Held | undefined {
  const isSha1 = typeof plainSha1 === 'string' && /^[0-9a-f]{40}$/.test(plainSha1);
  const isSize = typeof plainSize === 'string' && /^\d{1,15}$/.test(plainSize);
  return isSha1 && isSize ? { sha1: plainSha1, sizeBytes: Number(plainSize) } : undefined;
}
