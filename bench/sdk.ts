/**
 * `npm run bench:sdk`: Boxhaul beside Box's own SDK for Node, on the emulator, in the same run.
 * `--write` puts the table into docs/performance-sdk.md.
 *
 * The two take turns. Each measurement has a process of its own, so that its peak memory is its own, and an emulator
 * of its own that begins empty, in another process; both share the machine. All of it runs in the published form.
 * `--pairs`, `--requests` and `--bytes` make it shorter.
 */
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { measuredOn, median, root } from './page.ts';
import { buildPublished } from './published.ts';
import type { SdkFigures, SdkJob, SdkOrder } from './sdk-job.ts';

const LATENCY_MS = 50;
const LONGEST_RUN_SECONDS = 60;
/** What is sent once to find out how much can be sent within the longest run. */
const TRIAL_BYTES = 2 ** 26;

const { values: flags } = parseArgs({
  options: {
    write: { type: 'boolean' },
    pairs: { type: 'string', default: '3' },
    requests: { type: 'string', default: '3000' },
    bytes: { type: 'string', default: String(2 ** 30) },
  },
});
const pairs = Number(flags.pairs);
const requests = Number(flags.requests);
const largeBytes = Number(flags.bytes);

/** What both sides gave for one job, a pair at a time. */
interface Measured {
  boxhaul: SdkFigures[];
  sdk: SdkFigures[];
}

/** What the emulator is started with. */
interface BoxOptions {
  latencyMs?: number;
  tls?: boolean;
}

interface Row {
  job: string;
  unit: string;
  boxhaul: number;
  sdk: number;
  /** How many times better Boxhaul is, whichever way the unit counts. */
  ratio: number;
}

const programs = buildPublished(['box-process', 'sdk-job']);
const work = await mkdtemp(join(tmpdir(), 'boxhaul-bench-sdk-'));
try {
  const table = render(await measureAll());
  console.log(table);
  if (flags.write) await writePage(table);
} finally {
  await rm(work, { recursive: true, force: true });
}

async function measureAll(): Promise<Row[]> {
  const large = await makeFile('large', largeBytes);
  const { bytes: partBytes, path: inParts } = await fileForParts(large);
  const me = await measure({ job: 'me', path: '' });
  const meByTls = await measure({ job: 'me', path: '' }, { tls: true });
  const small = await measure({ job: 'small uploads', path: '' });
  const whole = await measure({ job: 'large upload', path: large });
  const parts = await measure({ job: 'parts', path: inParts }, { latencyMs: LATENCY_MS });
  const partsTitle = `${sizeOf(partBytes)} in parts, ${LATENCY_MS} ms latency`;
  const perSecond = ({ seconds }: SdkFigures) => requests / seconds;
  const megabytes = ({ peakBytes }: SdkFigures) => peakBytes / 1e6;
  return [
    row('users/me, 16 in flight', 'requests/s', me, perSecond, 'more'),
    row('the same over TLS', 'requests/s', meByTls, perSecond, 'more'),
    row('the same', 'connections opened', meByTls, ({ connections }) => connections, 'less'),
    row('upload of 4 KiB, 16 in flight', 'requests/s', small, perSecond, 'more'),
    row(
      `upload of ${sizeOf(largeBytes)} in one request`,
      'MB peak memory',
      whole,
      megabytes,
      'less',
    ),
    row('the same', 'seconds', whole, ({ seconds }) => seconds, 'less'),
    row(partsTitle, 'seconds', parts, ({ seconds }) => seconds, 'less'),
    row('the same', 'MB peak memory', parts, megabytes, 'less'),
  ];
}

/** The large file, or a shorter one where either side would need more than the longest run for it. */
async function fileForParts(large: string): Promise<{ path: string; bytes: number }> {
  if (largeBytes <= TRIAL_BYTES) return { path: large, bytes: largeBytes };
  const path = await makeFile('trial', TRIAL_BYTES);
  const { seconds } = await runJob({ how: 'sdk', job: 'parts', path }, { latencyMs: LATENCY_MS });
  const bytes = TRIAL_BYTES * Math.max(1, Math.floor(LONGEST_RUN_SECONDS / seconds));
  if (bytes >= largeBytes) return { path: large, bytes: largeBytes };
  console.log(
    `In parts, ${sizeOf(bytes)} are sent instead of ${sizeOf(largeBytes)}: Box's SDK needed ${seconds.toFixed(1)} s ` +
      `for ${sizeOf(TRIAL_BYTES)}, and a run is to end within ${LONGEST_RUN_SECONDS} s.`,
  );
  return { path: await makeFile('in parts', bytes), bytes };
}

async function measure(
  order: { job: SdkJob; path: string },
  box: BoxOptions = {},
): Promise<Measured> {
  const figures: Measured = { boxhaul: [], sdk: [] };
  for (let pair = 0; pair < pairs; pair++) {
    figures.sdk.push(await runJob({ ...order, how: 'sdk' }, box));
    figures.boxhaul.push(await runJob({ ...order, how: 'boxhaul' }, box));
  }
  return figures;
}

/** Runs one job to its end, on an emulator of its own. */
async function runJob(
  order: Pick<SdkOrder, 'how' | 'job' | 'path'>,
  options: BoxOptions,
): Promise<SdkFigures> {
  const box = fork(join(programs, 'box-process.js'), [JSON.stringify(options)]);
  const ended = once(box, 'exit');
  try {
    const [{ url, token, tls }] = await once(box, 'message');
    const baseUrl = options.tls ? tls.apiUrl : url;
    const env = options.tls
      ? { ...process.env, NODE_EXTRA_CA_CERTS: tls.caCertificatePath }
      : process.env;
    const whole: SdkOrder = { ...order, baseUrl, token, requests };
    const job = [join(programs, 'sdk-job.js'), JSON.stringify(whole)];
    const { stdout } = await promisify(execFile)(process.execPath, job, { env });
    return JSON.parse(stdout);
  } finally {
    box.disconnect();
    await ended;
  }
}

/** The medians of both sides, and that of the ratios of the pairs. */
function row(
  job: string,
  unit: string,
  figures: Measured,
  value: (figures: SdkFigures) => number,
  better: 'more' | 'less',
): Row {
  const boxhaul = figures.boxhaul.map(value);
  const sdk = figures.sdk.map(value);
  const ratios = boxhaul.map((ours, pair) => {
    const theirs = sdk[pair] ?? Number.NaN;
    return better === 'more' ? ours / theirs : theirs / ours;
  });
  return { job, unit, boxhaul: median(boxhaul), sdk: median(sdk), ratio: median(ratios) };
}

function render(rows: Row[]): string {
  const shown = (value: number) => (value < 100 ? value.toFixed(1) : String(Math.round(value)));
  return [
    '| job | unit | Boxhaul | Box’s SDK | times better |',
    '|---|---|--:|--:|--:|',
    ...rows.map(
      ({ job, unit, boxhaul, sdk, ratio }) =>
        `| ${job} | ${unit} | ${shown(boxhaul)} | ${shown(sdk)} | ${ratio.toFixed(1)} |`,
    ),
  ].join('\n');
}

async function writePage(table: string): Promise<void> {
  const sdkPackage = join(root, 'node_modules', 'box-node-sdk', 'package.json');
  const { version } = JSON.parse(await readFile(sdkPackage, 'utf8'));
  const text = `# Performance beside Box's own SDK

Written by \`npm run bench:sdk -- --write\` on ${measuredOn()},
with box-node-sdk ${version}. Both sides ran in turns, each measurement in a process of
its own and on an emulator of its own, which had the same cores. Each figure is the median of ${pairs}, the last column the median
of the ratios of the pairs: above 1, Boxhaul is better.

${table}

Where TLS is not named, requests go over plain HTTP, on one machine. A new connection costs little there; to Box each one
costs two or three round trips besides. Connections are counted over the whole life of the process, with the 200
requests that warm it up. Memory is the largest resident size of the process, Node itself included.
In parts, Box's SDK is its \`uploadBigFile\` and Boxhaul the \`upload\` of \`@boxhaul/transfer\`, which reads the file's
state and the folder as well and compares checksums.

Where that SDK was seen to fail, tests show that Boxhaul does not:

| box-node-sdk ${version} | Boxhaul | shown in |
|---|---|---|
| never does what \`Retry-After\` says | waits as Box asks, seconds or a date | [client.test.ts](../packages/client/src/client.test.ts), [retrying.test.ts](../packages/client/src/retrying.test.ts) |
| opens a connection for every request | keeps them | [sparing.test.ts](../packages/client/src/sparing.test.ts) |
| refreshes its token once for each 401 | once for all of them | [client.test.ts](../packages/client/src/client.test.ts), [oauth.test.ts](../packages/client/src/auth/oauth.test.ts) |
| holds a file in memory twice to send it | reads no further than Box takes | [sparing.test.ts](../packages/client/src/sparing.test.ts) |
| sends parts one after the other | at once | [sparing.test.ts](../packages/client/src/sparing.test.ts), [large.test.ts](../packages/transfer/src/large.test.ts) |
| fails when a commit is answered with 202 | asks again when Box said to | [upload-sessions.test.ts](../packages/client/src/resources/upload-sessions.test.ts) |
| never ends a download that was cut off | fails; a transfer goes on behind what has arrived | [exchange.test.ts](../packages/client/src/exchange.test.ts), [large.test.ts](../packages/transfer/src/large.test.ts) |
`;
  await writeFile(join(root, 'docs', 'performance-sdk.md'), text);
}

async function makeFile(name: string, bytes: number): Promise<string> {
  const path = join(work, name);
  const block = Buffer.alloc(2 ** 20);
  async function* blocks(): AsyncGenerator<Buffer> {
    for (let left = bytes; left > 0; left -= block.length) {
      block.fill(`block ${left} `);
      yield Buffer.from(block.subarray(0, left));
    }
  }
  await writeFile(path, blocks());
  return path;
}

function sizeOf(bytes: number): string {
  return bytes >= 2 ** 30 ? `${bytes / 2 ** 30} GiB` : `${Math.round(bytes / 2 ** 20)} MiB`;
}
