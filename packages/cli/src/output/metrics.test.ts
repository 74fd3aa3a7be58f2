import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { metricsView } from './metrics.ts';
import { createTally } from './tally.ts';

const calls = { calls: 412, uploads: 61, downloads: 2, tokens: 1, retried: 3, refused: 4 };
const limits = {
  call: { spent: 412, of: 1000 },
  upload: { spent: 61, of: 240 },
  search: { spent: 0, of: 60 },
};
const place = { host: '127.0.0.1', port: 0 };

test('Prometheus reads what a run has come to, and nothing once it is over', async () => {
  const tally = createTally();
  const watched = { text: 'a', tally, calls: () => calls, limits: () => limits };
  const view = await metricsView(watched, place);
  const events = [
    { type: 'started', direction: 'upload', dryRun: false, job: '7k2m' },
    { type: 'planned', files: 4, bytes: 900, final: true },
    { type: 'file-started', path: 'slow', bytes: 300 },
    { type: 'retry', path: 'slow', attempt: 2, reason: { code: 'connection', words: 'cut' } },
    {
      type: 'file',
      result: { kind: 'file', path: 'a', state: 'transferred', action: 'new', bytes: 100, ms: 1 },
    },
    {
      type: 'file',
      result: {
        kind: 'file',
        path: 'b',
        state: 'failed',
        reason: { code: 'disk-full', words: 'full' },
        bytes: 200,
        ms: 1,
      },
    },
  ] as const;
  for (const event of events) {
    tally.add(event, 5000);
    view.event(event, 5000);
  }
  const answer = await fetch(view.url);
  const text = await answer.text();
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  const metric = (name: string, label?: string) => {
    const labels = [...(label ? [label] : []), 'job="7k2m"', 'direction="upload"'].join(',');
    const line = text.split('\n').find((each) => each.startsWith(`boxhaul_${name}{${labels}} `));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  };
  const table: [name: string, label: string | undefined, value: number][] = [
    ['files_total', 'state="transferred"', 1],
    ['files_total', 'state="failed"', 1],
    ['failures_total', 'reason="disk-full"', 1],
    ['last_failure_timestamp_seconds', 'reason="disk-full"', 5],
    ['transferred_bytes_total', undefined, 100],
    ['planned_files', undefined, 4],
    ['planned_bytes', undefined, 900],
    ['plan_is_final', undefined, 1],
    ['done_files', undefined, 2],
    ['done_bytes', undefined, 300],
    ['in_flight_files', undefined, 1],
    ['retries_total', undefined, 1],
    ['calls_total', 'kind="api"', 351],
    ['calls_total', 'kind="upload"', 61],
    ['calls_repeated_total', undefined, 3],
    ['calls_refused_total', undefined, 4],
    ['limit_spent', 'kind="upload"', 61],
    ['limit_per_minute', 'kind="call"', 1000],
  ];
  for (const [name, label, value] of table) {
    assert.equal(metric(name, label), value, `${name} ${label}\n${text}`);
  }
  assert.equal((await fetch(new URL('/', view.url))).status, 404);
  view.close();
  view.close();
  await assert.rejects(fetch(view.url));
});

test('a port that is taken is an error before anything begins', async () => {
  const watched = { text: 'a', tally: createTally(), calls: () => calls };
  const first = await metricsView(watched, place);
  const port = Number(new URL(first.url).port);
  await assert.rejects(metricsView(watched, { ...place, port }), {
    message: `metrics cannot be served at 127.0.0.1:${port}: something else has the port`,
  });
  first.close();
});

test('whoever asks for what is no address is told that nothing is there, and the run goes on', async () => {
  const view = await metricsView({ text: 'a', tally: createTally(), calls: () => calls }, place);
  const [answer]: IncomingMessage[] = await once(get(view.url, { path: '//' }), 'response');
  assert.equal(answer?.resume().statusCode, 404);
  assert.equal((await fetch(view.url)).status, 200);
  view.close();
});
