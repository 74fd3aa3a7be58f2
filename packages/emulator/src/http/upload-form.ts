import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import {
  Busboy,
  type BusboyConfig,
  type BusboyFileStream,
  type BusboyInstance,
} from '@fastify/busboy';
import { BoxError } from '../box-error.ts';
import type { Blobs, BlobWriter } from '../store/blobs.ts';

/** A `multipart/form-data` body as far as an upload cares. */
export interface UploadForm {
  /** The fields that came before the contents. */
  fields: Readonly<Record<string, string>>;
  /** The contents, taken in but not kept yet: the caller keeps or discards them. */
  file: BlobWriter;
  /** The name that the contents' part gives. */
  fileName: string;
}

/**
 * Reads the form of an upload to its end: the contents are the first part that is a file, whatever
 * the field is called, and go into the store's keeping as they arrive. The rest of a form that is
 * refused is read and dropped, for clients that listen only once they have sent everything.
 *
 * @throws BoxError 400 `metadata_after_file_contents`, or `bad_request` for what is no such form
 */
export async function readUploadForm(
  body: Readable,
  headers: IncomingHttpHeaders,
  blobs: Blobs,
): Promise<UploadForm> {
  const reader = new FormReader(blobs);
  try {
    await reader.read(body, headers);
    return reader.result();
  } catch (error) {
    await reader.discard();
    await drain(body);
    throw error;
  }
}

class FormReader {
  readonly #blobs: Blobs;
  readonly #fields: Record<string, string> = {};
  #file: BlobWriter | undefined;
  #fileName = '';
  #isMetadataLate = false;
  #writing: Promise<void> | undefined;

  constructor(blobs: Blobs) {
    this.#blobs = blobs;
  }

  async read(body: Readable, headers: IncomingHttpHeaders): Promise<void> {
    const parser = formParser(headers, { isPartAFile });
    try {
      await new Promise<void>((resolve, reject) => {
        parser.on('field', (name, value) => this.#takeField(name, value));
        parser.on('file', (_name, stream, fileName) => this.#takeFile(stream, fileName, reject));
        parser.once('error', (error) => {
          reject(new BoxError('bad_request', { message: String(error) }));
        });
        parser.once('finish', resolve);
        body.once('error', reject);
        body.once('close', () => {
          if (!body.readableEnded) reject(new BoxError('bad_request', { message: 'Cut off' }));
        });
        body.pipe(parser);
      });
      await this.#writing;
    } finally {
      body.unpipe(parser);
    }
  }

  result(): UploadForm {
    if (this.#isMetadataLate) throw new BoxError('metadata_after_file_contents');
    if (!this.#file) throw new BoxError('bad_request', { message: 'The form has no file' });
    return { fields: this.#fields, file: this.#file, fileName: this.#fileName };
  }

  async discard(): Promise<void> {
    await this.#writing?.catch(() => undefined); // its failure is the one being handled
    await this.#file?.discard();
  }

  #takeField(name: string, value: string): void {
    if (this.#file && name === 'attributes') this.#isMetadataLate = true;
    this.#fields[name] = value;
  }

  #takeFile(stream: BusboyFileStream, fileName: string, fail: (error: unknown) => void): void {
    stream.on('error', fail);
    if (this.#file) {
      stream.resume(); // one upload, one file
      return;
    }
    const file = this.#blobs.write();
    this.#file = file;
    this.#fileName = fileName;
    stream.on('data', (chunk: Buffer) => {
      const writing = file.write(chunk);
      if (!writing) return;
      stream.pause();
      this.#writing = writing.then(() => {
        stream.resume();
      });
      this.#writing.catch(fail);
    });
  }
}

/** Reads forms of the content type in the headers. @throws BoxError 400 when that is none, or has no boundary */
export function formParser(
  headers: IncomingHttpHeaders,
  options: Omit<BusboyConfig, 'headers'>,
): BusboyInstance {
  try {
    return new Busboy({
      ...options,
      headers: { ...headers, 'content-type': headers['content-type'] ?? '' },
    });
  } catch (error) {
    throw new BoxError('bad_request', { message: String(error) });
  }
}

/** What clients call the part with the contents. */
const contentFields = ['file', 'content', 'contents'];

/** Contents need no file name, and some clients give `attributes` one. */
function isPartAFile(field?: string, contentType?: string, fileName?: string): boolean {
  if (field === 'attributes') return false;
  const isTyped = contentType !== undefined && contentType !== 'text/plain';
  return fileName !== undefined || isTyped || contentFields.includes(field ?? '');
}

/** Reads what is left of a body; settles when there is no more, for whatever reason. */
export function drain(body: Readable): Promise<void> {
  return new Promise((resolve) => {
    if (body.readableEnded || body.destroyed) {
      resolve();
      return;
    }
    body.once('end', resolve);
    body.once('close', resolve);
    body.once('error', () => resolve());
    body.resume();
  });
}
