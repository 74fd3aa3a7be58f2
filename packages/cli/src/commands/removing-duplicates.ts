import { CliError } from '../cli-error.ts';
import type { Doing } from '../rows/verb.ts';
import type { DedupeRow } from '../verbs/tidy/dedupe.ts';
import { absent } from './meta.ts';

/** What `boxhaul dedupe` does with one file: nothing, unless both files still are what they were. */
export const removing: Doing<DedupeRow> = {
  async find({ path, id, sha1, keptPath, keptId }, { client, signal, once }) {
    const words = `${path}   the same as ${keptPath}`;
    const fields = ['sha1', 'item_status', 'etag'];
    const file = await client.files.get(id, { fields, signal }).catch(absent);
    if (file === undefined || file.item_status === 'trashed') {
      return { words, because: 'it is gone already' };
    }
    const kept = await once(`file ${keptId}`, () =>
      client.files.get(keptId, { fields, signal }).catch(absent),
    );
    const isKept = kept?.sha1 === sha1 && kept.item_status !== 'trashed';
    if (file.sha1 !== sha1 || !isKept) {
      throw new CliError(`${path} and ${keptPath} are no longer the same, and both stay`);
    }
    return {
      words,
      make: async () => {
        await client.files.delete(id, { signal, ...(file.etag && { ifMatch: file.etag }) });
        return { id, fields: { kept: keptPath } };
      },
    };
  },
};
