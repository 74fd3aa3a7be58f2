/**
 * Calls to an emulator by plain HTTP, for bench/emulator.ts: a bare undici loop, which costs as little as it can beside
 * what is measured.
 */
import { type Dispatcher, Pool } from 'undici';

const CONNECTIONS = 16;
const BOUNDARY = 'bare-loop-boundary';

/** Any of Box's JSON. */
interface Json {
  id: string;
  entries: { id: string; name: string }[];
  total_count: number;
  next_marker: string | null;
}

/** One emulator, seen from outside. */
export class Caller {
  readonly #pool: Pool;
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor({ url, token }: { url: string; token: string }) {
    this.#url = url;
    this.#pool = new Pool(url, { connections: CONNECTIONS });
    this.#headers = { authorization: `Bearer ${token}` };
  }

  /** A call to the API. Throws unless it succeeds. */
  async call(method: Dispatcher.HttpMethod, path: string, body?: unknown): Promise<Json> {
    const answer = await this.#pool.request({
      method,
      path: `/2.0${path}`,
      headers: this.#headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300)
      throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as Json;
  }

  /** Uploads a small file into the root folder, and returns its id. */
  async upload(name: string, contents: Buffer): Promise<string> {
    const attributes = JSON.stringify({ name, parent: { id: '0' } });
    const body = Buffer.concat([
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="attributes"\r\n\r\n${attributes}\r\n` +
          `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n` +
          'Content-Type: application/octet-stream\r\n\r\n',
      ),
      contents,
      Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
    ]);
    const answer = await this.#pool.request({
      method: 'POST',
      path: '/api/2.0/files/content',
      headers: { ...this.#headers, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
      body,
    });
    const { entries } = (await answer.body.json()) as Json;
    if (answer.statusCode !== 201 || !entries[0]) throw new Error(`upload: ${answer.statusCode}`);
    return entries[0].id;
  }

  /** Both requests of a download: the redirect and the contents. Returns how many bytes came. */
  async download(id: string): Promise<number> {
    const path = `/2.0/files/${id}/content`;
    const redirect = await this.#pool.request({ method: 'GET', path, headers: this.#headers });
    await redirect.body.dump();
    const location = String(redirect.headers.location).slice(this.#url.length);
    const answer = await this.#pool.request({ method: 'GET', path: location });
    return (await answer.body.arrayBuffer()).byteLength;
  }

  /** How often in a second `work` is done, on all connections, for so long. */
  async perSecond(work: () => Promise<unknown>, forSeconds: number): Promise<number> {
    const begun = performance.now();
    const until = begun + forSeconds * 1000;
    let done = 0;
    const loop = async () => {
      while (performance.now() < until) {
        await work();
        done++;
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, loop));
    return Math.round(done / ((performance.now() - begun) / 1000));
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
