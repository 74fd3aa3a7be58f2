/** Details of any source, into Box. */
import type { BoxClient } from '@boxhaul/client';
import type { Carry, CarryContext, ItemInBox } from '@boxhaul/transfer';
import type { Details, DetailsSource } from '../details.ts';
import type { UserMap } from '../user-map.ts';
import { carryCollaborations } from './collaborations.ts';
import { carryComments } from './comments.ts';
import { carryMetadata } from './metadata.ts';
import { Outcome } from './outcome.ts';
import { carrySettings } from './settings.ts';
import { carrySharedLink } from './shared-link.ts';
import { Target } from './target.ts';
import { carryTasks } from './tasks.ts';
import { carryWords } from './words.ts';

/** What carrying details takes. */
export interface CarryDetailsOptions {
  /** Acts as the user of the target who runs the migration. */
  readonly client: BoxClient;
  /** Who is whom. */
  readonly users: UserMap;
  /** Looks at everything again, also at what earlier runs carried. @default false */
  readonly again?: boolean;
}

/** One item in Box that details are carried to, and what that takes. */
export interface Carriage {
  readonly item: ItemInBox;
  readonly context: CarryContext;
  readonly users: UserMap;
  readonly target: Target;
  readonly outcome: Outcome;
}

/**
 * Carries details to what is in Box: the `carry` of an upload. Whatever is there already is found and left, so that
 * doing it again does nothing twice.
 *
 * @example
 * ```ts
 * import { carryDetails, UserMap } from '@boxhaul/migrate';
 * import { diskOrigin, upload } from '@boxhaul/transfer';
 *
 * const carry = carryDetails(
 *   {
 *     fingerprint: () => 'checked',
 *     calls: () => 1,
 *     read: async () => ({ description: 'checked', tags: ['2025'] }),
 *   },
 *   { client, users: new UserMap([]) },
 * );
 * await upload({ client, sources: diskOrigin(['report.txt']), folderId, mode: 'update', carry });
 * ```
 */
export function carryDetails(
  source: DetailsSource,
  { client, users, again = false }: CarryDetailsOptions,
): Carry {
  const target = new Target(client);
  // Another in each run, so that nothing is taken for carried.
  const salt = again ? `${Date.now()} ${Math.random()}` : '';
  return {
    fingerprint(entry) {
      const print = source.fingerprint(entry);
      return print === undefined ? undefined : JSON.stringify([print, users.fingerprint, salt]);
    },
    calls: (entry) => source.calls(entry),
    async carry(entry, item, context) {
      const details = await source.read(entry, context.signal);
      const outcome = new Outcome();
      await carryAll(details, { item, context, users, target, outcome });
      return outcome;
    },
  };
}

async function carryAll(details: Details, carriage: Carriage): Promise<void> {
  const { outcome } = carriage;
  outcome.gaps.push(...(details.gaps ?? []));
  await carryWords(details, carriage);
  await carrySharedLink(details.sharedLink, carriage);
  await carryMetadata(details, carriage);
  // Before tasks: they are given only to those who may see the file.
  await carryCollaborations(details.collaborations ?? [], carriage);
  await carrySettings(details, carriage);
  await carryComments(details.comments ?? [], carriage);
  await carryTasks(details.tasks ?? [], carriage);
}
