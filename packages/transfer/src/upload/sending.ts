/** Contents on their way to Box, by whichever of Box's two ways their size asks for. */
import type { BoxFile } from '@boxhaul/client';
import { assertAsPromised } from '../origins/source.ts';
import { SESSION_FROM_BYTES } from '../plan.ts';
import { TransferFailure } from '../reason.ts';
import type { Contents } from './contents.ts';
import { type Destination, SENT_FIELDS, type Sending } from './destination.ts';
import { sendInParts } from './sending-in-parts.ts';

/**
 * Sends contents; what Box then holds has their size and SHA-1.
 *
 * The SHA-1 is worked out before the first byte is sent, so that Box itself refuses anything else and
 * a wrong file never has a name, not even until we notice.
 *
 * @throws {TransferFailure} `changed-while-read`, before Box has a file
 * @throws what the client throws: `item_name_in_use`, `precondition_failed`, …
 */
export async function send(
  contents: Contents,
  destination: Destination,
  sending: Sending,
): Promise<BoxFile> {
  const file =
    (await sending.copying?.to(destination, contents, sending)) ??
    (contents.sizeBytes < SESSION_FROM_BYTES
      ? await sendInOneRequest(contents, destination, sending)
      : await sendInParts(contents.source, destination, sending));
  if (file.size !== contents.sizeBytes) {
    const words = wrongSizeWords(file, contents);
    const error = new TransferFailure('wrong-contents', words, { recovery: 'restart' });
    throw Object.assign(error, { fileId: file.id });
  }
  return file;
}

async function sendInOneRequest(
  contents: Contents,
  destination: Destination,
  { client, signal, onProgress }: Sending,
): Promise<BoxFile> {
  const { contentModifiedAt, contentCreatedAt } = contents.source;
  const sha1 = await contents.sha1OfBody();
  assertAsPromised(contents.source, sha1);
  const body = await contents.body();
  const options = { fields: SENT_FIELDS, signal, onProgress };
  if ('fileId' in destination) {
    const { fileId, ifMatch } = destination;
    return client.files.uploadVersion(
      fileId,
      { body, sha1, contentModifiedAt },
      { ...options, ifMatch },
    );
  }
  const { name, folderId: parentId } = destination;
  return client.files.upload(
    { name, parentId, body, sha1, contentModifiedAt, contentCreatedAt },
    options,
  );
}

function wrongSizeWords(file: BoxFile, contents: Contents): string {
  return `Box holds ${file.size} bytes of it (file ${file.id}), and ${contents.sizeBytes} were sent`;
}
