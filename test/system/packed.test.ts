/**
 * What users get: the built packages, packed, installed in an empty folder and used from there,
 * as a command, as libraries and by a strict TypeScript project.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const PACKAGES = ['client', 'emulator', 'transfer', 'cli'];

suite('the published packages', () => {
  let work: string;
  let app: string;

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-packed-'));
    app = join(work, 'app');
    await mkdir(app);
    await exec('npm', ['run', 'build'], { cwd: root });
    for (const name of PACKAGES) {
      await exec('npm', ['pack', join(root, 'dist', name), '--pack-destination', work], {
        cwd: root,
      });
    }
    const tarballs = (await readdir(work)).filter((name) => name.endsWith('.tgz'));
    assert.equal(tarballs.length, PACKAGES.length);
    await writeFile(join(app, 'package.json'), '{"name":"app","private":true,"type":"module"}');
    const paths = tarballs.map((name) => join(work, name));
    await exec('npm', ['install', '--prefer-offline', '--ignore-scripts', ...paths], { cwd: app });
  });

  after(() => rm(work, { recursive: true, force: true }));

  test('hold no test and no TypeScript source', async () => {
    for (const name of ['@boxhaul/client', '@boxhaul/emulator', '@boxhaul/transfer', 'boxhaul']) {
      const files = await readdir(join(app, 'node_modules', name, 'src'), { recursive: true });
      const strays = files.filter((file) => /\.test\.|(?<!\.d)\.ts$/.test(file));
      assert.deepEqual(strays, [], name);
    }
  });

  test('give a command that says its version and runs the demo', async () => {
    const bin = join(app, 'node_modules', '.bin', 'boxhaul');
    const version = await inApp(bin, ['--version']);
    assert.match(version, /^\d+\.\d+\.\d+\n$/);
    await inApp(bin, ['demo']);
  });

  test('give libraries that talk to each other', async () => {
    await writeFile(
      join(app, 'use.js'),
      `import { BoxClient, developerToken } from '@boxhaul/client';
       import { startEmulator } from '@boxhaul/emulator';
       import { upload } from '@boxhaul/transfer';
       const box = await startEmulator();
       const client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
       const report = await upload({ client, sources: ['use.js'], folderId: '0', mode: 'upload' });
       const { data: me } = await client.call('GET /users/me');
       console.log(report.transferred, me.type);
       await client.close();
       await box.close();`,
    );
    assert.equal(await inApp(process.execPath, ['use.js']), '1 user\n');
  });

  test('give declarations that a strict project type-checks', async () => {
    await writeFile(
      join(app, 'typed.ts'),
      `import { BoxClient, developerToken, type BoxFile } from '@boxhaul/client';
       import type { FileFull } from '@boxhaul/client/schemas';
       import { startEmulator, type Emulator } from '@boxhaul/emulator';
       import { download, type TransferReport } from '@boxhaul/transfer';
       export async function nightly(box: Emulator, directory: string): Promise<TransferReport> {
         const client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
         const file: BoxFile = await client.files.get('1');
         const { data } = await client.call('GET /files/{file_id}', { path: { file_id: file.id } });
         const same: FileFull = data;
         // @ts-expect-error there is no such parameter
         await client.call('GET /files/{file_id}', { path: { file_id: same.id }, query: { no: 1 } });
         return download({ client, folderId: file.parent?.id ?? '0', directory });
       }
       export const started: Promise<Emulator> = startEmulator();`,
    );
    const flags = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024'];
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules', '@types')];
    await inApp(join(root, 'node_modules', '.bin', 'tsc'), [...flags, ...types, 'typed.ts']);
  });

  /** Runs a program in the app's folder, with this Node first on the path. */
  async function inApp(file: string, args: string[]): Promise<string> {
    const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
    const { stdout } = await exec(file, args, { cwd: app, env: { ...process.env, PATH: path } });
    return stdout;
  }
});
