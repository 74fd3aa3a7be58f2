import type { SharedLinkSettings } from '@boxhaul/client';
import type { Doing, VerbContext } from '../rows/verb.ts';
import type { ShareRow } from '../verbs/tidy/share.ts';
import type { UnshareRow } from '../verbs/tidy/unshare.ts';
import { assertAhead, assertNotRoot, wordsOf } from './items.ts';

/** `boxhaul share`. */
export const share: Doing<ShareRow> = {
  async find(row, context) {
    const place = await context.item(row.path);
    assertNotRoot(place, 'shared');
    const { item, client } = place;
    const { signal } = context;
    context.assertSecret(row.passwordEnv);
    assertAhead(row.expires);
    return {
      words: [wordsOf(place), ...settingWords(row)].join('   '),
      make: async () => {
        const settings = await settingsOf(row, context);
        const { url, vanity_url: vanityUrl } = await client.sharedLinks.set(item, settings, {
          signal,
        });
        return { id: item.id, fields: { url: vanityUrl ?? url } };
      },
    };
  },
};

/** `boxhaul unshare`. */
export const unshare: Doing<UnshareRow> = {
  async find({ path }, context) {
    const place = await context.item(path);
    const { item, client } = place;
    const { signal } = context;
    const link = await client.sharedLinks.get(item, { signal });
    if (link === undefined) return { words: wordsOf(place), because: 'it has no link' };
    return {
      words: `${wordsOf(place)}   ${link.vanity_url ?? link.url}`,
      make: async () => {
        await client.sharedLinks.remove(item, { signal });
        return { id: item.id, fields: { url: link.url } };
      },
    };
  },
};

async function settingsOf(
  { access, expires, canDownload, canEdit, vanityName, passwordEnv }: ShareRow,
  context: VerbContext,
): Promise<SharedLinkSettings> {
  return {
    access,
    vanityName,
    ...(expires && { unsharedAt: expires }),
    ...(canDownload && { canDownload: canDownload === 'yes' }),
    ...(canEdit && { canEdit: canEdit === 'yes' }),
    ...(passwordEnv && { password: await context.secret(passwordEnv) }),
  };
}

function settingWords(row: ShareRow): string[] {
  const { access, expires, canDownload, canEdit, vanityName, passwordEnv } = row;
  return [
    ...(access ? [`access ${access}`] : []),
    ...(expires ? [`until ${expires.toISOString().slice(0, 16)}Z`] : []),
    ...(canDownload === 'no' ? ['no download'] : []),
    ...(canEdit === 'yes' ? ['can edit'] : []),
    ...(vanityName ? [`named ${vanityName}`] : []),
    ...(passwordEnv ? ['with a password'] : []),
  ];
}
