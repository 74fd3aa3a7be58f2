import { BoxError } from '../box-error.ts';
import type { VersionRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { type PictureFormat, shrink } from './thumbnail-image.ts';

/** Larger files are not looked into. */
const mostBytes = 64 * 1024 * 1024;

/** Pictures that were made: a client asks for the same few again and again. They never change. */
const made = new Map<string, Buffer>();
const remembered = 200;

/**
 * The picture that a version of a file holds, made to fit into a square.
 *
 * @throws BoxError 404 when the contents are not what the file's name says
 */
export async function pictureOf(
  store: Store,
  { sha1, size }: Pick<VersionRow, 'sha1' | 'size'>,
  edgePixels: number,
  format: PictureFormat,
): Promise<Buffer> {
  const key = `${sha1} ${edgePixels} ${format}`;
  const known = made.get(key);
  if (known) return known;
  if (size > mostBytes) throw new BoxError('preview_cannot_be_generated');
  const contents = await wholeContents(store, sha1, size);
  let picture: Buffer;
  try {
    picture = shrink(contents, edgePixels, format);
  } catch {
    // Whatever is wrong with somebody's picture, Box says only this.
    throw new BoxError('preview_cannot_be_generated');
  }
  if (made.size >= remembered) made.clear();
  made.set(key, picture);
  return picture;
}

async function wholeContents(store: Store, sha1: string, size: number): Promise<Buffer> {
  const contents = await store.blobs.read(sha1, 0, size);
  if (Buffer.isBuffer(contents)) return contents;
  const chunks: Buffer[] = [];
  for await (const chunk of contents) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
