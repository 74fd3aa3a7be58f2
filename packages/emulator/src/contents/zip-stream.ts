import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Store } from '../store/store.ts';
import type { ZipDownload, ZipEntry, ZipProgress } from '../store/zip-downloads.ts';

/** How often a zip that is being sent says that it is alive, and how far it is. */
const noteEveryMs = 5000;

/**
 * The bytes of a zip, made as they are read. What became of it is noted before the last byte is
 * handed on, so that whoever has read all of it is told so.
 */
export function zipStream(store: Store, zip: ZipDownload, entries: readonly ZipEntry[]): Readable {
  return Readable.from(zipBytes(store, zip, entries), { objectMode: false });
}

async function* zipBytes(
  store: Store,
  zip: ZipDownload,
  entries: readonly ZipEntry[],
): AsyncGenerator<Buffer, void, void> {
  const progress: ZipProgress = {
    state: 'in_progress',
    downloaded_files: 0,
    skipped_files: zip.skipped_files,
  };
  const note = () => {
    // The emulator may have been closed while somebody was still reading.
    if (store.db.isOpen) store.zipDownloads.note(zip.id, progress, store.nowSeconds());
  };
  const timer = setInterval(note, noteEveryMs).unref();
  const opened = new Set<Readable>();
  try {
    const file = new ZipFile();
    fill(file, store, entries, { progress, opened });
    file.end();
    yield* file.outputStream as AsyncIterable<Buffer>;
    progress.state = 'succeeded';
  } finally {
    clearInterval(timer);
    // Whoever goes away in the middle leaves one open.
    for (const contents of opened) contents.destroy();
    if (progress.state === 'in_progress') progress.state = 'failed';
    note();
  }
}

function fill(
  file: ZipFile,
  store: Store,
  entries: readonly ZipEntry[],
  { progress, opened }: { progress: ZipProgress; opened: Set<Readable> },
): void {
  // An entry that fails is an error of the zip; its stream then ends with that.
  file.on('error', (error: Error) => (file.outputStream as Readable).destroy(error));
  for (const { path, sha1, sizeBytes, modifiedAt } of entries) {
    const mtime = new Date(modifiedAt * 1000);
    if (sha1 === null) {
      file.addEmptyDirectory(path, { mtime });
      continue;
    }
    // Deleted for good since the zip was asked for.
    if (!store.blobs.has(sha1)) {
      progress.skipped_files += 1;
      continue;
    }
    file.addReadStreamLazy(path, { mtime, size: sizeBytes, compressionLevel: 1 }, (give) => {
      openContents(store, sha1, sizeBytes).then(
        (contents) => {
          opened.add(contents);
          contents.once('end', () => {
            opened.delete(contents);
            progress.downloaded_files += 1;
          });
          give(null, contents);
        },
        (error: unknown) => file.emit('error', error),
      );
    });
  }
}

async function openContents(store: Store, sha1: string, sizeBytes: number): Promise<Readable> {
  const contents = await store.blobs.read(sha1, 0, sizeBytes);
  return Buffer.isBuffer(contents) ? Readable.from([contents], { objectMode: false }) : contents;
}
