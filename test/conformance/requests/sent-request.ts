/** A request as it went over the wire, and the run of the client's tests that sends many. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SentRequest {
  /** The client's method that sent it: `files.get`. Undefined: none did, but for example its authentication. */
  readonly by?: string | undefined;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Its beginning, as text. */
  readonly body: string;
  /** Of the answer. */
  readonly status: number;
}

/** The environment variable that says where to write requests down. */
export const PLACE = 'BOXHAUL_SENT_REQUESTS';

const TESTS = [
  'packages/client/src/resources/*.test.ts',
  'packages/client/src/auth/*.test.ts',
  'test/doc-examples.test.ts',
];

const root = join(import.meta.dirname, '../../..');

/**
 * Runs the tests of the client's resources and the examples of its methods, and gives what they sent. Whether
 * they pass is not asked here: `npm test` does.
 */
export async function requestsOfTests(): Promise<SentRequest[]> {
  const folder = await mkdtemp(join(tmpdir(), 'boxhaul-requests-'));
  const place = join(folder, 'requests.jsonl');
  try {
    await runTests(place);
    const lines = (await readFile(place, 'utf8')).split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function runTests(place: string): Promise<void> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const recorder = `--import=${join(import.meta.dirname, 'record.ts')}`;
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      recorder,
      '--test',
      '--test-concurrency=4',
      '--test-timeout=60000',
      ...TESTS,
    ],
    { cwd: root, env: { ...env, [PLACE]: place }, stdio: 'ignore' },
  );
  await once(child, 'close');
}
