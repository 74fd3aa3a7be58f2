/** A filter's rules about more than paths, asked of files as Box lists them. */
import { type BoxClient, type BoxItem, InputError } from '@boxhaul/client';
import { factsOfBoxFile } from './file-facts.ts';
import type { Filter } from './filter.ts';

/** A filter's rules about facts, ready to be asked of items. */
export interface ChoosingInBox {
  /** What listings must say of each item beside the usual. */
  readonly fields: readonly string[];
  /** Whether the item takes part, which its path allows. What is no file has no facts, and takes no part. */
  takes(item: BoxItem, path: string): boolean;
}

/** What Box calls `metadata.enterprise…` is `metadata.enterprise_<id>…`. */
const OWN = 'metadata.enterprise.';

/**
 * What a filter's rules about more than paths need to be asked of what Box lists.
 *
 * @param options `expect` is told of calls that this takes
 * @throws {InputError} metadata of the enterprise is asked for, and the user belongs to none
 * @throws {BoxApiError} asking which enterprise it is, which takes a call, was refused
 * @example
 * ```ts
 * import { choosingInBox, filterOf } from '@boxhaul/transfer';
 *
 * const filter = filterOf({ minSizeBytes: 1 });
 * const { fields, takes } = await choosingInBox(filter, { client });
 * for await (const item of client.folders.items(folderId, { fields: ['size', ...fields] })) {
 *   if (filter.takesFile(item.name) && takes(item, item.name)) console.log(item.name); // report.txt
 * }
 * ```
 */
export async function choosingInBox(
  { facts }: Filter,
  {
    client,
    signal,
    expect = () => {},
  }: {
    readonly client: BoxClient;
    readonly signal?: AbortSignal | undefined;
    expect?(calls: number): void;
  },
): Promise<ChoosingInBox> {
  if (!facts) return { fields: [], takes: () => true };
  let own: string | undefined;
  if (facts.boxFields.some((field) => field.startsWith(OWN))) {
    expect(1);
    own = await ownEnterprise(client, signal);
  }
  return {
    fields: facts.boxFields.map((field) => field.replace(OWN, `metadata.enterprise_${own}.`)),
    takes: (item, path) => item.type === 'file' && facts.take(path, factsOfBoxFile(item, own)),
  };
}

async function ownEnterprise(client: BoxClient, signal: AbortSignal | undefined): Promise<string> {
  const { enterprise, login } = await client.users.me({ fields: ['enterprise', 'login'], signal });
  if (enterprise) return enterprise.id;
  const words = `${login ?? 'this user'} belongs to no enterprise, so no file has metadata of it`;
  throw new InputError(words);
}
