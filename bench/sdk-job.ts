/**
 * One measured job of Boxhaul or of Box's own SDK, in a process of its own, so that its peak memory is its own:
 * `node bench/sdk-job.ts '<SdkOrder as JSON>'` prints an `SdkFigures` as JSON.
 */
import { subscribe } from 'node:diagnostics_channel';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { BoxClient, bodyOf, bodyOfFile, developerToken } from '@boxhaul/client';
import { upload } from '@boxhaul/transfer';
import { BoxDeveloperTokenAuth, BoxClient as BoxSdk } from 'box-node-sdk';

const IN_FLIGHT = 16;
/** Before the clock starts, of each kind that is counted in requests: both sides' code is compiled then. */
const WARM_UP = 200;
const SMALL_BYTES = 4096;
const NAME = 'large.bin';

export type SdkJob = 'me' | 'small uploads' | 'large upload' | 'parts';

export interface SdkOrder {
  how: 'boxhaul' | 'sdk';
  job: SdkJob;
  baseUrl: string;
  token: string;
  /** Of the first two jobs. */
  requests: number;
  /** The file that the last two send. */
  path: string;
}

export interface SdkFigures {
  seconds: number;
  /** The largest resident size of the process. */
  peakBytes: number;
  /** Opened by the process, over its whole life. */
  connections: number;
}

/** What one side does for each job. */
interface Side {
  me(): Promise<unknown>;
  smallUpload(name: string, bytes: Buffer): Promise<unknown>;
  largeUpload(path: string): Promise<unknown>;
  inParts(path: string): Promise<unknown>;
  close(): Promise<void>;
}

let connections = 0;
subscribe('net.client.socket', () => connections++);
const order: SdkOrder = JSON.parse(process.argv[2] ?? '{}');
const side = order.how === 'boxhaul' ? boxhaul(order) : sdk(order);
const seconds = await run(order, side);
await side.close();
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ seconds, peakBytes, connections } satisfies SdkFigures));

async function run({ job, requests, path }: SdkOrder, { ...call }: Side): Promise<number> {
  if (job === 'large upload') return timed(() => call.largeUpload(path));
  if (job === 'parts') return timed(() => call.inParts(path));
  const one = (number: number) =>
    job === 'me' ? call.me() : call.smallUpload(`file ${number}`, contentOf(number));
  await inParallel(0, WARM_UP, one);
  return timed(() => inParallel(WARM_UP, WARM_UP + requests, one));
}

function boxhaul({ baseUrl, token }: SdkOrder): Side {
  const client = new BoxClient({ auth: developerToken(token), baseUrl });
  return {
    me: () => client.users.me(),
    smallUpload: (name, bytes) => client.files.upload({ name, parentId: '0', body: bodyOf(bytes) }),
    largeUpload: async (path) =>
      client.files.upload({ name: NAME, parentId: '0', body: await bodyOfFile(path) }),
    async inParts(path) {
      const report = await upload({ client, sources: [path], folderId: '0', mode: 'upload' });
      if (report.transferred !== 1) throw new Error('the file was not sent');
    },
    close: () => client.close(),
  };
}

function sdk({ baseUrl, token }: SdkOrder): Side {
  const client = new BoxSdk({ auth: new BoxDeveloperTokenAuth({ token }) }).withCustomBaseUrls({
    baseUrl,
    uploadUrl: `${baseUrl}/api`,
    oauth2Url: `${baseUrl}/oauth2`,
  });
  const sent = (name: string, file: Readable) =>
    client.uploads.uploadFile({ attributes: { name, parent: { id: '0' } }, file });
  return {
    me: () => client.users.getUserMe(),
    smallUpload: (name, bytes) => sent(name, Readable.from([bytes])),
    largeUpload: (path) => sent(NAME, createReadStream(path)),
    async inParts(path) {
      const { size } = await stat(path);
      await client.chunkedUploads.uploadBigFile(createReadStream(path), NAME, size, '0');
    },
    close: async () => undefined,
  };
}

/** Contents of its own for each file: the same ones again would be cheaper to keep. */
function contentOf(number: number): Buffer {
  const bytes = Buffer.alloc(SMALL_BYTES, 'x');
  bytes.writeUInt32BE(number);
  return bytes;
}

async function inParallel(
  first: number,
  end: number,
  work: (number: number) => Promise<unknown>,
): Promise<void> {
  let next = first;
  const worker = async () => {
    while (next < end) await work(next++);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}
