/**
 * What Boxhaul is measured against: undici and a loop, moving the same bytes to and from the same
 * emulator, with no checks and no retries. Small files are read and written whole; a large one is streamed
 * between disk and network through one connection with SHA-1: up either in the parts that Box wants of a large file,
 * or in one request, as Box takes small ones only.
 */
import { createHash, hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Pool } from 'undici';

const CONNECTIONS = 16;
const LARGE_BYTES = 50_000_000;
const BOUNDARY = 'bare-loop-boundary';

export interface BareOrder {
  baseUrl: string;
  token: string;
  /** The local folder that is read or written. */
  directory: string;
  /** The folder in Box that is filled or read. */
  folderId: string;
  /** Sends a large file in one request. @default false */
  inOneRequest?: boolean;
}

interface Moved {
  files: number;
  bytes: number;
}

/** Uploads every file below `job.directory`, one level of folders deep. */
export async function bareUpload(job: BareOrder): Promise<Moved> {
  const box = new Bare(job);
  const folders = new Map<string, string>([['', job.folderId]]);
  const entries = await readdir(job.directory, { withFileTypes: true, recursive: true });
  const created = entries.filter((entry) => entry.isDirectory());
  await inParallel(created, async ({ name }) => {
    folders.set(name, await box.createFolder(name, job.folderId));
  });
  const files = entries.filter((entry) => entry.isFile());
  let bytes = 0;
  await inParallel(files, async (file) => {
    const parentId = folders.get(relative(job.directory, file.parentPath)) ?? job.folderId;
    const sent = await box.upload(join(file.parentPath, file.name), file.name, parentId);
    bytes += sent;
  });
  await box.close();
  return { files: files.length, bytes };
}

/** Downloads every file below the folder, all into one. */
export async function bareDownload(job: BareOrder): Promise<Moved> {
  const box = new Bare(job);
  const top = await box.list(job.folderId);
  const files = top.filter((item) => item.type === 'file');
  await inParallel(
    top.filter((item) => item.type === 'folder'),
    async (folder) => {
      files.push(...(await box.list(folder.id)));
    },
  );
  let bytes = 0;
  await inParallel(files, async (file) => {
    const fetched = await box.download(file, join(job.directory, file.name));
    bytes += fetched;
  });
  await box.close();
  return { files: files.length, bytes };
}

interface Listed {
  type: 'file' | 'folder';
  id: string;
  name: string;
  size: number;
}

interface Session {
  id: string;
  part_size: number;
}

class Bare {
  readonly #pool: Pool;
  readonly #headers: Record<string, string>;
  readonly #inOneRequest: boolean;

  constructor(job: BareOrder) {
    this.#inOneRequest = job.inOneRequest ?? false;
    this.#pool = new Pool(job.baseUrl, { connections: CONNECTIONS });
    this.#headers = { authorization: `Bearer ${job.token}` };
  }

  async createFolder(name: string, parentId: string): Promise<string> {
    const body = JSON.stringify({ name, parent: { id: parentId } });
    const folder = await this.#json('POST', '/2.0/folders', body, 'application/json');
    return (folder as { id: string }).id;
  }

  async list(folderId: string): Promise<Listed[]> {
    const path = `/2.0/folders/${folderId}/items?limit=1000&fields=type,id,name,size`;
    return ((await this.#json('GET', path)) as { entries: Listed[] }).entries;
  }

  async upload(path: string, name: string, parentId: string): Promise<number> {
    const { size } = await stat(path);
    if (size >= LARGE_BYTES && !this.#inOneRequest) {
      await this.#uploadInParts(path, size, name, parentId);
      return size;
    }
    const attributes = JSON.stringify({ name, parent: { id: parentId } });
    const head = Buffer.from(
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="attributes"\r\n\r\n${attributes}\r\n` +
        `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="file"\r\n\r\n`,
    );
    const tail = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
    const body =
      size < LARGE_BYTES
        ? Buffer.concat([head, await readFile(path), tail])
        : Readable.from(hashed(head, path, tail));
    const length = { 'content-length': String(head.length + size + tail.length) };
    const type = `multipart/form-data; boundary=${BOUNDARY}`;
    await this.#json('POST', '/api/2.0/files/content', body, type, length);
    return size;
  }

  async download(file: Listed, target: string): Promise<number> {
    const redirect = await this.#pool.request({
      method: 'GET',
      path: `/2.0/files/${file.id}/content`,
      headers: this.#headers,
    });
    await redirect.body.dump();
    const { pathname, search } = new URL(String(redirect.headers.location));
    const content = await this.#pool.request({ method: 'GET', path: pathname + search });
    if (file.size < LARGE_BYTES) {
      await writeFile(target, await content.body.bytes());
      return file.size;
    }
    const sha1 = createHash('sha1');
    const hashing = new Transform({
      transform(chunk, _encoding, done) {
        sha1.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(content.body, hashing, createWriteStream(target));
    return file.size;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  /** One part after the other, each with its digest, and the digest of the whole. */
  async #uploadInParts(path: string, size: number, name: string, parentId: string): Promise<void> {
    const wish = JSON.stringify({ folder_id: parentId, file_name: name, file_size: size });
    const sessions = '/api/2.0/files/upload_sessions';
    const session = (await this.#json('POST', sessions, wish, 'application/json')) as Session;
    const parts: unknown[] = [];
    const whole = createHash('sha1');
    await using file = await open(path);
    const bytes = Buffer.allocUnsafeSlow(session.part_size);
    for (let offset = 0; offset < size; offset += session.part_size) {
      const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
      const part = bytes.subarray(0, bytesRead);
      whole.update(part);
      const answer = await this.#pool.request({
        method: 'PUT',
        path: `${sessions}/${session.id}`,
        body: part,
        headers: {
          ...this.#headers,
          'content-type': 'application/octet-stream',
          'content-range': `bytes ${offset}-${offset + bytesRead - 1}/${size}`,
          digest: `sha=${hash('sha1', part, 'base64')}`,
        },
      });
      parts.push(((await answer.body.json()) as { part: unknown }).part);
    }
    const digest = { digest: `sha=${whole.digest('base64')}` };
    const commit = `${sessions}/${session.id}/commit`;
    await this.#json('POST', commit, JSON.stringify({ parts }), 'application/json', digest);
  }

  async #json(
    method: 'GET' | 'POST',
    path: string,
    body?: string | Buffer | Readable,
    contentType?: string,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    const answer = await this.#pool.request({
      method,
      path,
      body: body ?? null,
      headers: {
        ...this.#headers,
        ...(contentType && { 'content-type': contentType }),
        ...headers,
      },
    });
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode}`);
    return answer.body.json();
  }
}

async function* hashed(head: Buffer, path: string, tail: Buffer): AsyncGenerator<Buffer> {
  const sha1 = createHash('sha1');
  yield head;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    sha1.update(chunk);
    yield chunk;
  }
  yield tail;
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}
