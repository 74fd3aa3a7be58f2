/** What every row of the bench stands on: a folder to work in, Boxes to talk to, and jobs in processes of their own. */
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BoxClient, developerToken } from '@boxhaul/client';
import type { EmulatorOptions, EmulatorTls } from '@boxhaul/emulator';
import type { BoxOrder } from './box-process.ts';
import type { JobFigures, JobOrder } from './job.ts';
import { root } from './page.ts';
import { buildPublished } from './published.ts';
import type { SealFigures, SealOrder } from './seal-job.ts';

/** A Box in a process of its own. */
export interface BoxProcess {
  readonly url: string;
  readonly token: string;
  readonly tls: EmulatorTls | undefined;
  /** To prepare what is measured. */
  readonly client: BoxClient;
  /** Makes `/<name>/folder <n>/file <m>.txt`. */
  seed(name: string, folders: number, files: number): Promise<void>;
  resetCounts(): Promise<void>;
  /** Requests since the last reset, without the downloads that the API redirected to. */
  apiCalls(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Without it Node collects garbage each time that 32 MB have come or gone, however little else there is: in a Box that
 * takes large files that is a third of its work, and what is measured should be the other side.
 */
const BOX_FLAGS = ['--external-memory-accounted-in-global-limit'];

const COMMAND = join(root, 'dist', 'cli', 'bin', 'boxhaul.js');

/** What of a job is the row's to say. */
export type Wish = Omit<JobOrder, 'baseUrl' | 'token' | 'folderId'> & { folderId?: string };

/** The bench under way; close it. */
export class Setting {
  /** How often each pair is measured. */
  readonly pairs: number;
  readonly #work: string;
  readonly #programs: string;
  #home: string | undefined;
  #names = 0;

  private constructor(pairs: number, work: string, programs: string) {
    this.pairs = pairs;
    this.#work = work;
    this.#programs = programs;
  }

  static async open(pairs: number): Promise<Setting> {
    const programs = buildPublished(['bare', 'box-process', 'job', 'seal-job']);
    return new Setting(pairs, await mkdtemp(join(tmpdir(), 'boxhaul-bench-')), programs);
  }

  async close(): Promise<void> {
    await rm(this.#work, { recursive: true, force: true });
  }

  /** A path that nothing has yet. */
  fresh(name: string): string {
    return join(this.#work, `${name} ${++this.#names}`);
  }

  async freshFolder(name: string): Promise<string> {
    const path = this.fresh(name);
    await mkdir(path);
    return path;
  }

  /**
   * Starts a Box, in memory but for what is large.
   * @param flags Node's, as those of all that is started
   */
  async startBox(
    options: EmulatorOptions = {},
    flags: readonly string[] = [],
  ): Promise<BoxProcess> {
    const program = join(this.#programs, 'box-process.js');
    const child = fork(program, [JSON.stringify(options)], {
      execArgv: [...BOX_FLAGS, ...flags],
    });
    const ended = once(child, 'exit');
    const [{ url, token, tls }] = await once(child, 'message');
    const client = new BoxClient({ auth: developerToken(token), baseUrl: url });
    const ask = async (order: BoxOrder): Promise<Record<string, number>> => {
      const answer = once(child, 'message');
      child.send(order);
      return (await answer)[0].counts;
    };
    return {
      url,
      token,
      tls,
      client,
      seed: async (name, folders, files) => void (await ask({ do: 'seed', name, folders, files })),
      resetCounts: async () => void (await ask({ do: 'reset-counts' })),
      apiCalls: async () =>
        Object.entries(await ask({ do: 'counts' }))
          .filter(([call]) => !call.includes(' /d/'))
          .reduce((sum, [, count]) => sum + count, 0),
      stop: async () => {
        await client.close();
        child.disconnect();
        await ended;
      },
    };
  }

  /** An untimed folder in Box, counted neither for the one nor for the other. */
  async folderIn(box: BoxProcess): Promise<string> {
    return (await box.client.folders.create({ name: `run ${++this.#names}`, parentId: '0' })).id;
  }

  /** Runs a job to its end, in a process of its own. */
  async run(box: BoxProcess, wish: Wish, flags: readonly string[] = []): Promise<JobFigures> {
    const { url: baseUrl, token } = box;
    const order: JobOrder = { folderId: '0', ...wish, baseUrl, token };
    return await this.#figures('job.js', order, flags);
  }

  /** Runs the published command, as the user of a home of its own who has the token. */
  async command(
    words: readonly string[],
    token: string,
    flags: readonly string[] = [],
  ): Promise<void> {
    this.#home ??= await this.freshFolder('home');
    const env = { PATH: process.env.PATH, HOME: this.#home, BOX_DEVELOPER_TOKEN: token };
    const argv = [...flags, COMMAND, ...words];
    await promisify(execFile)(process.execPath, argv, { cwd: this.#home, env });
  }

  /** Seals a file, in a process of its own. */
  async runSeal(order: SealOrder, flags: readonly string[] = []): Promise<SealFigures> {
    return await this.#figures('seal-job.js', order, flags);
  }

  /** A key to seal and to open with. */
  async sealKey(): Promise<Pick<SealOrder, 'identity' | 'recipient'>> {
    return await this.#figures('seal-job.js');
  }

  async #figures<Figures>(
    program: string,
    order?: unknown,
    flags: readonly string[] = [],
  ): Promise<Figures> {
    const words = [
      ...flags,
      join(this.#programs, program),
      ...(order ? [JSON.stringify(order)] : []),
    ];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    return JSON.parse(stdout);
  }
}
