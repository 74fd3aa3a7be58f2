import type { BoxMetadata } from '@boxhaul/client';
import type { Carriage } from './carry-details.ts';

/** Box keeps classifications as metadata: https://developer.box.com/guides/metadata/classifications/ */
export const CLASSIFICATION = 'securityClassification-6VMVochwUWo';
export const CLASSIFICATION_FIELD = 'Box__Security__Classification__Key';

/**
 * Classifies an item, if the enterprise has a classification of that name.
 * @param there the item's metadata, if it has any
 */
export async function carryClassification(
  name: string,
  there: readonly BoxMetadata[],
  { item, context, target, outcome }: Carriage,
): Promise<void> {
  const { client, signal, expect } = context;
  const instance = there.find(({ $template }) => $template === CLASSIFICATION);
  if (instance?.[CLASSIFICATION_FIELD] === name) return;
  const known = await outcome.attempt('classification', name, context, () =>
    target.classifications(context),
  );
  if (!known) return;
  if (!known.has(name)) {
    outcome.lacks('classification', 'not-found', `the enterprise has no "${name}"`);
    return;
  }
  expect(instance ? 2 : 1);
  await outcome.attempt('classification', name, context, async () => {
    const type = item.type === 'folder' ? 'folder' : 'file';
    await client.classifications.set({ type, id: item.id }, name, { signal });
    outcome.did('classification');
  });
}
