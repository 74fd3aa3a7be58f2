/**
 * Carries what comes along with an item once the item is in Box. What was carried is remembered, so that a run asks
 * nothing about it again; what is not remembered is done again, by a {@link Carry} that finds what is there.
 */
import { BoxhaulError } from '@boxhaul/client';
import type { JobContext } from '../job.ts';
import type { OriginEntry } from '../origins/origin.ts';
import { reasonOf } from '../reason.ts';
import type { Carriage } from '../state/carried.ts';
import type { Carried, Carry, CarryContext, Gap, ItemInBox } from './carry.ts';

/** Whether earlier runs, or this one, did all that there is to do, and what they could not. */
export function alreadyCarried(
  carry: Carry,
  entries: readonly OriginEntry[],
  item: Pick<ItemInBox, 'type' | 'id'>,
  context: JobContext,
): readonly Gap[] | undefined {
  const carriage = carriageOf(carry, entries, item, context);
  return carriage && !context.force ? context.memory?.state.carried.find(carriage) : undefined;
}

/**
 * Does what is due for an item, and tells the run what came along and what did not.
 * @param entries what it is made of: several where folders of several sources are one
 * @param as whose calls they are; what is refused to another user is done again by the job's own
 * @param before what was done for it already, such as earlier versions that were sent
 * @throws {BoxhaulError} with `recovery: 'stop'`
 */
export async function carryTo(
  item: ItemInBox,
  entries: readonly OriginEntry[],
  { carry, as, before }: { carry: Carry; as: JobContext; before?: Carried },
  context: JobContext,
): Promise<void> {
  const known = alreadyCarried(carry, entries, item, context);
  if (known) {
    context.carried(item, { done: before?.done ?? {}, gaps: known });
    return;
  }
  const outcomes: Carried[] = before ? [before] : [];
  for (const entry of entries) {
    if (carry.fingerprint(entry) === undefined) continue;
    let carried = await carryOne(carry, entry, item, as);
    if (as.client !== context.client && carried.gaps.some(isRefusal)) {
      // What the other user did is there, and found.
      const again = await carryOne(carry, entry, { ...item, isNew: false }, context);
      carried = { done: sum([carried, again]), gaps: again.gaps };
    }
    outcomes.push(carried);
  }
  const gaps = outcomes.flatMap((outcome) => outcome.gaps);
  const carriage = carriageOf(carry, entries, item, context);
  if (carriage && !gaps.some(({ mayPass }) => mayPass)) {
    context.memory?.state.carried.learn(carriage, gaps);
  }
  if (outcomes.length > 0) context.carried(item, { done: sum(outcomes), gaps });
}

/** Counts the calls that it would take for what is not there yet. */
export function expectCarry(carry: Carry, entries: readonly OriginEntry[], context: JobContext) {
  for (const entry of entries) context.expect(carry.calls(entry));
}

async function carryOne(
  carry: Carry,
  entry: OriginEntry,
  item: ItemInBox,
  { client, signal, expect }: CarryContext,
): Promise<Carried> {
  try {
    return await carry.carry(entry, item, { client, signal, expect });
  } catch (error) {
    if (error instanceof BoxhaulError && error.recovery === 'stop') throw error;
    const { code, words } = signal.aborted
      ? { code: 'interrupted', words: 'the run was stopped' }
      : reasonOf(error);
    return { done: {}, gaps: [{ what: 'details', code, words, mayPass: true }] };
  }
}

/** To a user who has no access, a thing is forbidden, or is not there. */
function isRefusal({ code }: Gap): boolean {
  return code === 'no-permission' || code === 'not-found';
}

function sum(outcomes: readonly Carried[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const { done } of outcomes) {
    for (const [what, count] of Object.entries(done)) total[what] = (total[what] ?? 0) + count;
  }
  return total;
}

function carriageOf(
  carry: Carry,
  entries: readonly OriginEntry[],
  { type, id }: Pick<ItemInBox, 'type' | 'id'>,
  { memory }: JobContext,
): Carriage | undefined {
  if (!memory) return undefined;
  const prints = entries.map((entry) => carry.fingerprint(entry));
  if (prints.every((print) => print === undefined)) return undefined;
  return { account: memory.account, type, id, fingerprint: JSON.stringify(prints) };
}
