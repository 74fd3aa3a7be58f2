/** Both directions, as mirroring sees them. */
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from '@boxhaul/client';
import type { DownloadItem } from '../download/download.ts';
import type { Opening } from '../sealing/opening.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { DownloadOptions, UploadOptions } from '../transfer.ts';
import type { UploadItem } from '../upload/upload-item.ts';
import type { Sides } from './mirror.ts';
import { moveFolderInBox, moveInBox } from './moving-in-box.ts';
import { moveOnDisk } from './moving-on-disk.ts';
import { surveyDownload } from './survey-download.ts';
import { surveyUpload } from './survey-upload.ts';
import { assertTrashBeside, boxTrash, diskTrash } from './trash.ts';

/**
 * @param sealing how the run seals, once it has begun
 * @throws {InputError} the mode leaves files alone that differ, or the sources are not on this machine
 */
export function sidesOfUpload(
  { sources, folderId, mode }: UploadOptions,
  sealing: () => Sealing | undefined,
): Sides<UploadItem> {
  if ('identity' in sources) {
    throw new InputError('what is extra is found only beside files of this machine');
  }
  if (mode === 'upload') {
    throw new InputError(
      'what is to be equal to the source cannot keep files that differ\n' +
        '→ --mode update (new versions) or --mode overwrite (the old ones go to the trash)',
    );
  }
  return {
    here: 'fresh',
    survey: (survey, context) =>
      surveyUpload({ sources, folderId }, survey, { ...context, sealing: sealing() }),
    move: moveInBox,
    moveFolder: moveFolderInBox,
    trash: boxTrash,
  };
}

/**
 * @param opening how the run opens what is sealed, once it has begun
 * @throws {InputError} it is one file that is fetched
 */
export function sidesOfDownload(
  { folderId, directory }: DownloadOptions,
  opening: () => Opening | undefined,
): Sides<DownloadItem> {
  if (folderId === undefined) {
    throw new InputError('a folder cannot be made equal to a file: name a folder in Box');
  }
  let target = resolve(directory);
  return {
    here: 'extra',
    async survey(survey, context) {
      // One that is not there has no other path, and one that cannot be looked at is told by the survey.
      target = await realpath(target).catch(() => target);
      await assertTrashBeside(target);
      await surveyDownload(folderId, target, survey, { ...context, opening: opening() });
    },
    move: moveOnDisk,
    trash: () => diskTrash(target, new Date()),
  };
}
