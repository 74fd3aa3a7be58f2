/** What was set on a folder, and marks on files and folders. */
import type { Details, FolderSettings } from '../details.ts';
import type { Carriage } from './carry-details.ts';

/**
 * Settings, the watermark and the lock. They come after the people: a folder that lets nobody else be invited keeps those
 * who are there.
 */
export async function carrySettings(
  { settings, hasWatermark, isLocked }: Details,
  carriage: Carriage,
): Promise<void> {
  if (settings) await carryFolderSettings(settings, carriage);
  if (hasWatermark) await mark(carriage);
  if (isLocked) await lock(carriage);
}

async function carryFolderSettings(
  { uploadEmail, ...flags }: FolderSettings,
  { item, context, outcome }: Carriage,
): Promise<void> {
  if (item.type !== 'folder') return;
  const { client, signal, expect } = context;
  const options = { fields: ['folder_upload_email'], signal };
  await outcome.attempt('folder settings', 'what its owner has set', context, async () => {
    let made = uploadEmail && !item.isNew ? await there() : undefined;
    // Another wish might make another address.
    const isDue = uploadEmail && made?.access !== uploadEmail.access;
    const changes = { ...flags, ...(isDue && { uploadEmail: uploadEmail.access }) };
    if (Object.keys(changes).length > 0) {
      expect(1);
      const now = await client.folders.update(item.id, changes, options);
      made = now.folder_upload_email ?? undefined;
    }
    outcome.did('folder settings');
    if (!uploadEmail) return;
    const words = `${uploadEmail.email ?? 'the old one'} is ${made?.email ?? 'another'} now`;
    outcome.lacks('upload address', 'new-address', words);
  });
  async function there() {
    expect(1);
    return (await client.folders.get(item.id, options)).folder_upload_email ?? undefined;
  }
}

async function mark({ item, context, outcome }: Carriage): Promise<void> {
  if (item.type === 'web_link') return;
  const { client, signal, expect } = context;
  const { type, id } = item;
  expect(1);
  await outcome.attempt('watermark', 'it shows who looks at it', context, async () => {
    await client.watermarks.apply({ type, id }, { signal });
    outcome.did('watermark');
  });
}

async function lock({ item, context, outcome }: Carriage): Promise<void> {
  if (item.type !== 'folder') return;
  const { client, signal, expect } = context;
  await outcome.attempt('lock', 'against move and delete', context, async () => {
    if (!item.isNew) {
      expect(1);
      const locks = await client.folderLocks.list(item.id, { signal });
      if (locks.length > 0) return;
    }
    expect(1);
    await client.folderLocks.create(item.id, { signal });
    outcome.did('lock');
  });
}
