/** Two enterprises: what is in the one is to come into the other. */
import { BoxClient, bodyOf, type Clock, clientCredentialsAuth } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';

export interface TestBox {
  readonly emulator: Emulator;
  /** The enterprise's service account, which may act as its users. */
  readonly client: BoxClient;
}

export interface TwoBoxes extends AsyncDisposable {
  readonly from: TestBox;
  readonly to: TestBox;
}

export async function openTwoBoxes(): Promise<TwoBoxes> {
  const [from, to] = await Promise.all([openBox(), openBox()]);
  return {
    from,
    to,
    async [Symbol.asyncDispose]() {
      for (const { client, emulator } of [from, to]) {
        await client.close();
        await emulator.close();
      }
    },
  };
}

async function openBox(): Promise<TestBox> {
  const emulator = await startEmulator();
  return { emulator, client: clientOf(emulator) };
}

function clientOf({ app, enterpriseId, url }: Emulator): BoxClient {
  const { clientID: clientId, clientSecret } = app;
  const auth = clientCredentialsAuth({ clientId, clientSecret, enterpriseId });
  return new BoxClient({ auth, baseUrl: url, env: {}, clock: hastyClock() });
}

/** Real time, but for pauses: they are over at once, as if they had been waited for. */
function hastyClock(): Clock {
  let skippedMs = 0;
  return {
    now: () => Date.now() + skippedMs,
    async sleep(ms, signal) {
      skippedMs += ms;
      await new Promise(setImmediate);
      signal?.throwIfAborted();
    },
  };
}

const CONTRACT = {
  displayName: 'Contract',
  templateKey: 'contract',
  fields: [
    { type: 'string', key: 'party', displayName: 'Party' },
    { type: 'float', key: 'worth', displayName: 'Worth' },
    { type: 'date', key: 'signed', displayName: 'Signed' },
    {
      type: 'enum',
      key: 'state',
      displayName: 'State',
      options: [{ key: 'open' }, { key: 'done' }],
    },
    {
      type: 'multiSelect',
      key: 'places',
      displayName: 'Places',
      options: [{ key: 'Rome' }, { key: 'Oslo' }],
    },
  ],
} as const;

const INVOICE = (type: 'string' | 'float') =>
  ({
    displayName: 'Invoice',
    templateKey: 'invoice',
    fields: [{ type, key: 'number', displayName: 'Number' }],
  }) as const;

const CLASSIFIED = (...names: string[]) =>
  ({
    displayName: 'Classification',
    templateKey: 'securityClassification-6VMVochwUWo',
    fields: [
      {
        type: 'enum',
        key: 'Box__Security__Classification__Key',
        displayName: 'Classification',
        options: names.map((key) => ({ key })),
      },
    ],
  }) as const;

/** Pairs for the users that {@link fillAccount} makes; Bob has none. */
export const PAIRS = [
  { from: 'ann@old.example', to: 'ann.smith@new.example' },
  { from: 'cid@old.example', to: 'cid@new.example' },
];

/** What the target has before anything comes: users, a group, a template that differs, a classification. */
export async function prepareTarget({ client }: TestBox): Promise<void> {
  await client.users.create({ name: 'Ann Smith', login: 'ann.smith@new.example' });
  await client.users.create({ name: 'Cid', login: 'cid@new.example' });
  await client.groups.create({ name: 'Kitchen' });
  await client.metadataTemplates.create(INVOICE('float'));
  await client.metadataTemplates.create(CLASSIFIED('Confidential'));
}

/** Fills the source with a folder `A` that has one of everything. @returns its id */
export async function fillAccount({ client }: TestBox): Promise<string> {
  const ann = await client.users.create({ name: 'Ann', login: 'ann@old.example' });
  const bob = await client.users.create({ name: 'Bob', login: 'bob@old.example' });
  const cid = await client.users.create({ name: 'Cid', login: 'cid@old.example' });
  const kitchen = await client.groups.create({ name: 'Kitchen' });
  const garden = await client.groups.create({ name: 'Garden' });
  await client.metadataTemplates.create(CONTRACT);
  await client.metadataTemplates.create(INVOICE('string'));
  await client.metadataTemplates.create(CLASSIFIED('Confidential', 'Top secret'));

  const folder = await client.folders.create({ name: 'A', parentId: '0' });
  const top = { type: 'folder', id: folder.id } as const;
  await client.folders.update(folder.id, { description: 'all of it', tags: ['blue', 'red'] });
  for (const [who, role] of [
    [{ userId: ann.id }, 'editor'],
    [{ userId: bob.id }, 'viewer'],
    [{ groupId: kitchen.id }, 'viewer uploader'],
    [{ groupId: garden.id }, 'viewer'],
  ] as const) {
    await client.collaborations.create({ item: top, ...who, role });
  }
  await client.sharedLinks.set(top, { access: 'company', unsharedAt: '2099-01-01T00:00:00+00:00' });
  await client.metadata.create(
    top,
    { templateKey: 'contract' },
    { party: 'folder', state: 'open' },
  );
  await client.folderLocks.create(folder.id);

  const report = await put(client, folder.id, 'report.txt', ['one', 'two, longer', 'one', 'three']);
  const file = { type: 'file', id: report } as const;
  await client.files.update(report, { description: 'the report', tags: ['green'] });
  await client.sharedLinks.set(file, { access: 'open', password: 'secret-1A', canDownload: false });
  await client.collaborations.create({ item: file, userId: cid.id, role: 'viewer' });
  await client.metadata.create(
    file,
    { templateKey: 'contract' },
    {
      party: 'Ann & Sons',
      worth: 12.5,
      signed: '2024-05-06T00:00:00.000Z',
      state: 'done',
      places: ['Rome', 'Oslo'],
    },
  );
  await client.metadata.create(
    file,
    { scope: 'global', templateKey: 'properties' },
    { any: 'thing' },
  );
  await client.classifications.set(file, 'Confidential');
  const first = await client
    .asUser(ann.id)
    .comments.create({ fileId: report, message: 'I like it' });
  await client.comments.create({ commentId: first.id, message: 'so do I' });
  await client.comments.create({ fileId: report, message: 'I like it' });
  const task = await client.tasks.create({
    fileId: report,
    message: 'read it',
    action: 'complete',
    dueAt: '2099-02-03T04:05:06+00:00',
    completionRule: 'all_assignees',
  });
  const given = await client.taskAssignments.create({ taskId: task.id, login: 'ann@old.example' });
  await client.taskAssignments.create({ taskId: task.id, login: 'bob@old.example' });
  await client.taskAssignments.update(given.id, { resolutionState: 'completed' });
  await client.files.lock(report);

  const plain = await put(client, folder.id, 'plain.txt', ['plain']);
  await client.classifications.set({ type: 'file', id: plain }, 'Top secret');
  const differs = await put(client, folder.id, 'differs.txt', ['differs']);
  await client.metadata.create(
    { type: 'file', id: differs },
    { templateKey: 'invoice' },
    { number: 'A1' },
  );
  const below = await client.folders.create({ name: 'below', parentId: folder.id });
  await put(client, below.id, 'deep.txt', ['deep', 'deeper']);
  await client.folders.create({ name: 'empty', parentId: below.id });
  const url = 'https://example.com/a?b=c';
  const link = await client.webLinks.create({
    url,
    name: 'site',
    parentId: folder.id,
    description: 'a page',
  });
  await client.sharedLinks.set({ type: 'web_link', id: link.id }, { access: 'open' });
  await client.watermarks.apply({ type: 'file', id: plain });
  await client.watermarks.apply({ type: 'folder', id: below.id });
  // Last, since it would be handed down to what comes after it, and nobody else could be invited.
  await client.cascadePolicies.create(folder.id, { templateKey: 'contract' });
  await client.folders.update(folder.id, {
    canNonOwnersInvite: false,
    canNonOwnersViewCollaborators: false,
    isCollaborationRestrictedToEnterprise: true,
    uploadEmail: 'collaborators',
  });
  return folder.id;
}

/** A file with all that it was, oldest first. @returns its id */
export async function put(
  client: BoxClient,
  parentId: string,
  name: string,
  states: readonly string[],
): Promise<string> {
  const [first = '', ...more] = states;
  const times = {
    contentCreatedAt: '2001-02-03T04:05:06+00:00',
    contentModifiedAt: '2002-03-04T05:06:07+00:00',
  };
  const { id } = await client.files.upload({ name, parentId, body: bodyOf(first), ...times });
  for (const state of more) {
    await client.files.uploadVersion(id, {
      body: bodyOf(state),
      contentModifiedAt: '2003-04-05T06:07:08+00:00',
    });
  }
  return id;
}
