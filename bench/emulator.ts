/**
 * `node bench/emulator.ts`: how many small uploads and downloads a second the emulator takes, in memory, from a bare
 * undici loop with 16 connections. A download is both its requests: the redirect and the contents.
 *
 * The emulator is a process of its own; it and the loop share the machine's cores. A line of JSON for each round,
 * then the medians. `--rounds`, `--seconds` and `--bytes` change the sizes; `--cpu-profile DIR` profiles the emulator.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';

const CONNECTIONS = 16;
/** The same as in the emulator's promise: see packages/emulator/README.md. */
const AIMS = { upload: 4000, download: 6000 };
const BOUNDARY = 'bare-loop-boundary';

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    bytes: { type: 'string', default: '1024' },
    'cpu-profile': { type: 'string' },
  },
});
const seconds = Number(flags.seconds);
const contents = Buffer.alloc(Number(flags.bytes), 'x');

interface Box {
  url: string;
  token: string;
  stop(): Promise<void>;
}

const box = await startBox();
const pool = new Pool(box.url, { connections: CONNECTIONS });
const headers = { authorization: `Bearer ${box.token}` };
const results: Record<keyof typeof AIMS, number[]> = { upload: [], download: [] };
const ids: string[] = [];
let names = 0;
try {
  await perSecond(upload, 1);
  await perSecond(download, 1);
  for (let round = 1; round <= Number(flags.rounds); round++) {
    const figures = {
      upload: await perSecond(upload, seconds),
      download: await perSecond(download, seconds),
    };
    results.upload.push(figures.upload);
    results.download.push(figures.download);
    console.log(JSON.stringify({ round, ...figures }));
  }
  for (const [job, aim] of Object.entries(AIMS)) {
    const median = middle(results[job as keyof typeof AIMS]);
    console.log(`${job.padEnd(8)}  ${median} a second (aim: ${aim})`);
  }
} finally {
  await pool.close();
  await box.stop();
}

/** Runs `work` on all connections for so long, and says how often it was done in a second. */
async function perSecond(work: () => Promise<void>, forSeconds: number): Promise<number> {
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

async function upload(): Promise<void> {
  // Each file has contents of its own: the same ones again would be cheaper to keep.
  contents.writeUInt32BE(++names);
  const attributes = JSON.stringify({ name: `file ${names}.bin`, parent: { id: '0' } });
  const body = Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="attributes"\r\n\r\n${attributes}\r\n` +
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\n` +
        'Content-Type: application/octet-stream\r\n\r\n',
    ),
    contents,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
  const answer = await pool.request({
    method: 'POST',
    path: '/api/2.0/files/content',
    headers: { ...headers, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body,
  });
  const { entries } = (await answer.body.json()) as { entries: { id: string }[] };
  if (answer.statusCode !== 201 || !entries[0]) throw new Error(`an upload: ${answer.statusCode}`);
  ids.push(entries[0].id);
}

async function download(): Promise<void> {
  const id = ids[Math.floor(Math.random() * ids.length)];
  const redirect = await pool.request({ method: 'GET', path: `/2.0/files/${id}/content`, headers });
  await redirect.body.dump();
  const location = String(redirect.headers.location);
  const answer = await pool.request({ method: 'GET', path: location.slice(box.url.length) });
  const { byteLength } = await answer.body.arrayBuffer();
  if (byteLength !== contents.length) throw new Error(`a download: ${byteLength} bytes`);
}

async function startBox(): Promise<Box> {
  const directory = flags['cpu-profile'];
  const execArgv = directory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${directory}`];
  const child = fork(join(import.meta.dirname, 'box-process.ts'), { execArgv });
  const [{ url, token }] = (await once(child, 'message')) as [{ url: string; token: string }];
  return {
    url,
    token,
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

function middle(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
