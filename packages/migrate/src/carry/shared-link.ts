import type { SharedLinkDetails } from '../details.ts';
import type { Carriage } from './carry-details.ts';

/**
 * A link of the same access, end and permissions. It has an address of its own, which is told as a gap, since whoever has
 * the old one is to be told; passwords cannot be read, so that a link that had one is made for collaborators only.
 */
export async function carrySharedLink(
  link: SharedLinkDetails | undefined,
  { item, context, outcome }: Carriage,
): Promise<void> {
  if (!link) return;
  const { client, signal, expect } = context;
  const { hasPassword, unsharedAt, canDownload, canEdit, vanityName } = link;
  // Without its password it would let in more people than before.
  const access = hasPassword ? 'collaborators' : link.access;
  expect(1);
  const made = await outcome.attempt('shared link', `access ${access}`, context, () =>
    client.sharedLinks.set(
      { type: item.type, id: item.id },
      {
        access,
        unsharedAt,
        // A link for collaborators gives what they have.
        ...(access !== 'collaborators' && item.type !== 'web_link' && { canDownload }),
        ...(canEdit && access !== 'collaborators' && item.type === 'file' && { canEdit }),
      },
      { signal },
    ),
  );
  if (!made) return;
  outcome.did('shared link');
  if (hasPassword) {
    const words = `it had one, which cannot be read: ${made.url} is for collaborators until it gets another`;
    outcome.lacks('password', 'not-readable', words);
  }
  if (vanityName) {
    outcome.lacks('vanity name', 'not-carried', `"${vanityName}" belongs to the old enterprise`);
  }
  if (link.url) outcome.lacks('address', 'new-address', `${link.url} is ${made.url} now`);
}
