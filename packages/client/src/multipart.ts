import { randomUUID } from 'node:crypto';
import { openExactly, type RequestBody } from './body.ts';
import { InputError } from './errors.ts';

/** A request body that says what it is. */
export interface MultipartBody extends RequestBody {
  readonly contentType: string;
  /** How many of the file's own bytes are among the first `formBytes` of the form. */
  fileBytesIn(formBytes: number): number;
}

/** Up to this many bytes a form is put together in memory and sent in one write: for small files the cost is in the writes. */
const ONE_WRITE_BYTES = 1024 * 1024;

/** The file in a form. */
export interface FormFile extends RequestBody {
  /** @default 'content' */
  readonly fileName?: string;
  /** @default 'application/octet-stream' */
  readonly contentType?: string;
}

/**
 * Box's upload form around a file's bytes: a preamble that holds the attributes, the bytes, and a closing
 * line. The attributes stand first, as Box demands (`metadata_after_file_contents` otherwise), and the
 * length is known before the first byte is read.
 *
 * The file part's own file name is a fixed word: Box takes the name from the attributes.
 *
 * @param attributes sent as JSON
 * @param boundary what separates the parts; must not occur in the bytes. @default a random one
 * @see https://developer.box.com/reference/post-files-content/
 */
export function multipartUpload(
  attributes: object,
  file: RequestBody,
  boundary?: string,
): MultipartBody {
  return multipartForm({ attributes }, 'file', file, boundary);
}

/**
 * A form with one file, which stands last.
 *
 * @param values sent as JSON, each under its name
 * @param name of the file's part
 * @param boundary what separates the parts; must not occur in the bytes. @default a random one
 * @throws {InputError} the file's name or type would break the form's lines
 */
export function multipartForm(
  values: Readonly<Record<string, unknown>>,
  name: string,
  file: FormFile,
  boundary: string = `boxhaul-${randomUUID()}`,
): MultipartBody {
  const { fileName = 'content', contentType = 'application/octet-stream' } = file;
  if (/["\r\n]/.test(fileName + contentType)) {
    throw new InputError('the name and the type of a file in a form are one line without quotes');
  }
  const jsonParts = Object.entries(values).map(
    ([part, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${part}"\r\n\r\n${JSON.stringify(value)}\r\n`,
  );
  const preamble = Buffer.from(
    `${jsonParts.join('')}--${boundary}\r\n` +
      `Content-Disposition: form-data; name="${name}"; filename="${fileName}"\r\n` +
      `Content-Type: ${contentType}\r\n\r\n`,
  );
  const closing = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    fileBytesIn: (formBytes) =>
      Math.min(Math.max(0, formBytes - preamble.byteLength), file.sizeBytes),
    sizeBytes: preamble.byteLength + file.sizeBytes + closing.byteLength,
    ...(file.bytes &&
      file.sizeBytes <= ONE_WRITE_BYTES && {
        bytes: Buffer.concat([preamble, file.bytes, closing]),
      }),
    async *open() {
      yield preamble;
      yield* openExactly(file);
      yield closing;
    },
  };
}
