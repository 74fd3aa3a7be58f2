/** All that is to be seen of a tree in Box, in a form that can be held against what was expected. */
import type { BoxClient, BoxItem } from '@boxhaul/client';

/** What there is of one item; what is empty is left out. */
export type Seen = Record<string, unknown>;

/** @returns what is seen, by path below the folder */
export async function snapshot(client: BoxClient, folderId: string): Promise<Record<string, Seen>> {
  const all: Record<string, Seen> = {};
  const read = async (id: string, above: string) => {
    for await (const item of client.folders.items(id, { fields: FIELDS })) {
      const path = above + item.name;
      all[path] = await seenOf(client, item);
      if (item.type === 'folder') await read(item.id, `${path}/`);
    }
  };
  await read(folderId, '');
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
}

const FIELDS = [
  'name',
  'sha1',
  'description',
  'tags',
  'shared_link',
  'content_created_at',
  'content_modified_at',
  'url',
  'can_non_owners_invite',
  'can_non_owners_view_collaborators',
  'is_collaboration_restricted_to_enterprise',
  'folder_upload_email',
];

async function seenOf(client: BoxClient, item: BoxItem): Promise<Seen> {
  const link = item.shared_link;
  const isFile = item.type === 'file';
  const seen = {
    type: item.type,
    description: item.description,
    tags: item.tags,
    link:
      link &&
      withoutNothing({
        access: link.access,
        permission: link.effective_permission,
        until: link.unshared_at,
      }),
    url: item.type === 'web_link' && item.url,
    ...(item.type !== 'web_link' && (await sharedByFilesAndFolders(client, item.type, item.id))),
    ...(item.type === 'folder' && {
      settings: withoutNothing({
        keepsOthersFromInviting: item.can_non_owners_invite === false,
        hidesPeople: item.can_non_owners_view_collaborators === false,
        isForEnterprise: item.is_collaboration_restricted_to_enterprise,
        mail: item.folder_upload_email?.access,
      }),
      isLocked: (await client.folderLocks.list(item.id)).length > 0,
    }),
    ...(isFile && {
      created: time(item.content_created_at),
      modified: time(item.content_modified_at),
      contents: await contentsOf(client, item.id),
      comments: (await Array.fromAsync(client.comments.list(item.id))).map((one) =>
        `${one.is_reply_comment ? '↳ ' : ''}${one.message}`.replaceAll(
          /\d{4}-\d\d-\d\d [\d:]{8}/g,
          '<time>',
        ),
      ),
      tasks: (await client.tasks.list(item.id)).map((task) => ({
        message: task.message?.replaceAll(/\d{4}-\d\d-\d\d [\d:]{8}/g, '<time>'),
        action: task.action,
        rule: task.completion_rule,
        due: time(task.due_at),
        to: task.task_assignment_collection?.entries.map(
          (one) => `${one.assigned_to?.login}: ${one.resolution_state}`,
        ),
      })),
    }),
  };
  return withoutNothing(seen);
}

async function sharedByFilesAndFolders(client: BoxClient, type: 'file' | 'folder', id: string) {
  const collaborations = await Array.fromAsync(client.collaborations.list({ type, id }));
  const metadata = await client.metadata.list({ type, id });
  return {
    hasWatermark: (await client.watermarks.get({ type, id })) !== undefined,
    people: collaborations
      .map(({ accessible_by: by, role }) => `${by?.type === 'user' ? by.login : by?.name}: ${role}`)
      .sort(),
    metadata: Object.fromEntries(
      metadata.map((instance) => [
        `${instance.$scope.replace(/_.*/, '')}.${instance.$template}`,
        Object.fromEntries(Object.entries(instance).filter(([key]) => !key.startsWith('$'))),
      ]),
    ),
  };
}

/** What a file was and is, oldest first. */
async function contentsOf(client: BoxClient, id: string): Promise<string[]> {
  const versions = await Array.fromAsync(client.fileVersions.list(id));
  const ids = [...versions.reverse().map((version) => version.id), undefined];
  return await Promise.all(
    ids.map(async (versionId) => {
      const { body } = await client.files.download(id, { versionId });
      return Buffer.concat(await Array.fromAsync(body)).toString('latin1');
    }),
  );
}

function time(text: string | null | undefined): string | undefined {
  return text ? new Date(text).toISOString() : undefined;
}

function withoutNothing(seen: Seen): Seen {
  return Object.fromEntries(
    Object.entries(seen).filter(([, value]) => {
      if (value === undefined || value === null || value === '' || value === false) return false;
      return typeof value !== 'object' || Object.keys(value).length > 0;
    }),
  );
}
