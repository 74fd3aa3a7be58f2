/** A Box and a folder that hold all that the examples in `--help` name, so that they run as they stand. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import { type BoxStage, boxStage } from '../../packages/cli/src/testing/box-stage.ts';

export interface CommandStage extends BoxStage {
  /** What is in Box by its path, and what is in the trash by its name. */
  readonly ids: Readonly<Record<string, { readonly type: string; readonly id: string }>>;
}

export async function commandStage(t: TestContext): Promise<CommandStage> {
  const stage = await boxStage(t);
  const { box, client, cwd } = stage;
  const ids: Record<string, { type: string; id: string }> = {
    ...(await box.seed(contents)),
  };
  const lease = ids['/Contracts/lease.pdf']?.id ?? '';
  for (const text of ['second', 'third', 'fourth']) {
    await client.files.uploadVersion(lease, { body: bodyOf(text) });
  }
  const { id } = await client.files.upload({ name: 'old.pdf', parentId: '0', body: bodyOf('old') });
  await client.files.delete(id);
  ids['old.pdf'] = { type: 'file', id };
  await client.metadataTemplates.create({
    templateKey: 'contract',
    displayName: 'Contract',
    fields: [
      {
        type: 'enum',
        key: 'state',
        displayName: 'State',
        options: [{ key: 'draft' }, { key: 'signed' }],
      },
      { type: 'float', key: 'amount', displayName: 'Amount' },
    ],
  });
  const file = { type: 'file', id: lease } as const;
  const template = { scope: 'enterprise', templateKey: 'contract' } as const;
  await client.metadata.create(file, template, { state: 'draft' });
  await client.sharedLinks.set({ type: 'file', id: ids['/Reports/2026.pdf']?.id ?? '' });
  const ann = await client.users.create({ name: 'Ann Example', login: 'ann@example.com' });
  await client.users.create({ name: 'Bob', login: 'bob@example.com' });
  const sales = await client.groups.create({ name: 'Sales' });
  await client.groups.create({ name: 'Support' });
  await client.groupMemberships.create({ groupId: sales.id, userId: ann.id });
  await mkdir(join(cwd, 'weekly'));
  await writeFile(join(cwd, 'weekly', 'a.txt'), 'weekly');
  return { ...stage, ids };
}

/** One red pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

const contents = {
  '/Archive/': '',
  '/Backups/weekly/a.txt': 'weekly',
  '/Clients/one/': '',
  '/Contracts/lease.pdf': 'first',
  '/Customers/one/': '',
  '/Inbox/report.pdf': 'report',
  '/Inbox/old.pdf': 'old',
  '/Photos/a.jpg': 'the same',
  '/Photos/b.jpg': 'the same',
  '/Projects/2027/': '',
  '/Reports/2026.pdf': 'report of 2026',
  '/Team/notes.txt': 'notes',
  '/Team/photo.jpg': pixel,
  '/Templates/contract.docx': 'form',
};
