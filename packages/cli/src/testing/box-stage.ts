/** A Box of a test's own, a client that looks at it, and a command line that works on it. */
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { BoxClient, bodyOf, developerToken } from '@boxhaul/client';
import { type Emulator, type EmulatorOptions, startEmulator } from '@boxhaul/emulator';
import { runHere } from './in-process.ts';
import { temporaryFolder } from './process.ts';

export interface BoxStage {
  readonly box: Emulator;
  readonly client: BoxClient;
  /** The current folder of the commands. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  run(...args: string[]): ReturnType<typeof runHere>;
  /** The events that a command writes. */
  events(...args: string[]): Promise<Record<string, unknown>[]>;
  /** Makes a folder, and answers its id. */
  folder(name: string, parentId?: string): Promise<string>;
  /** Makes a file, and answers its id. */
  file(name: string, parentId?: string, text?: string): Promise<string>;
  /** The names in a folder, sorted; folders end in `/`. */
  names(folderId?: string): Promise<string[]>;
  /** The names in the trash. */
  trash(): Promise<string[]>;
}

export async function boxStage(t: TestContext, options: EmulatorOptions = {}): Promise<BoxStage> {
  const box = await startEmulator(options);
  const client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url, env: {} });
  t.after(async () => {
    await client.close();
    await box.close();
  });
  const cwd = await temporaryFolder(t);
  const env = {
    BOXHAUL_HOME: join(cwd, 'home'),
    BOX_BASE_URL: box.url,
    BOX_DEVELOPER_TOKEN: box.token,
  };
  const run: BoxStage['run'] = (...args) => runHere(args, { cwd, env });
  return {
    box,
    client,
    cwd,
    env,
    run,
    async events(...args) {
      const { stdout } = await run(...args, '--json');
      const lines = stdout.split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line));
    },
    folder: async (name, parentId = '0') => (await client.folders.create({ name, parentId })).id,
    file: async (name, parentId = '0', text = name) =>
      (await client.files.upload({ name, parentId, body: bodyOf(text) })).id,
    async names(folderId = '0') {
      const items = await Array.fromAsync(client.folders.items(folderId));
      return items.map(({ type, name }) => (type === 'folder' ? `${name}/` : name)).sort();
    },
    trash: async () => (await Array.fromAsync(client.trash.items())).map(({ name }) => name).sort(),
  };
}
