/**
 * What users get: the built packages, packed, installed in an empty folder and used from there,
 * as a command, as libraries and by a strict TypeScript project; and the client alone, by itself.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const PACKAGES = ['client', 'emulator', 'seal', 'transfer', 'migrate', 'cli'];

/** The compilers that users may have: this repository's, and the one before it. */
const COMPILERS = ['package.json', 'scripts/reference/package.json'].map((from) => {
  const path = createRequire(join(root, from)).resolve('typescript/package.json');
  const { version } = createRequire(path)(path) as { version: string };
  return { version, tsc: join(dirname(path), 'bin', 'tsc') };
});

suite('the published packages', () => {
  let work: string;
  let app: string;
  let alone: string;

  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-packed-'));
    for (const name of PACKAGES) {
      await exec('npm', ['pack', join(root, 'dist', name), '--pack-destination', work], {
        cwd: root,
      });
    }
    const tarballs = (await readdir(work)).filter((name) => name.endsWith('.tgz'));
    assert.equal(tarballs.length, PACKAGES.length);
    const paths = tarballs.map((name) => join(work, name));
    app = await installed('app', paths);
    alone = await installed(
      'alone',
      paths.filter((path) => path.includes('client')),
    );
  });

  after(() => rm(work, { recursive: true, force: true }));

  test('hold no test and no TypeScript source', async () => {
    for (const name of PACKAGES.map((folder) =>
      folder === 'cli' ? 'boxhaul' : `@boxhaul/${folder}`,
    )) {
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

  test('give a client that stands alone, on five packages at most', async () => {
    const folder = join(alone, 'node_modules');
    assert.deepEqual(await readdir(join(folder, '@boxhaul')), ['client']);
    const text = await readFile(join(folder, '@boxhaul', 'client', 'package.json'), 'utf8');
    const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
    const names = Object.keys(dependencies);
    assert.ok(names.length <= 5, names.join());
    const there = (await readdir(folder)).filter((name) => !name.startsWith('.'));
    assert.deepEqual(
      there.sort(),
      ['@boxhaul', ...names].sort(),
      'nor do those bring others along',
    );
    await writeFile(
      join(alone, 'use.js'),
      `import { BoxClient, developerToken } from '@boxhaul/client';
       const client = new BoxClient({ auth: developerToken('none'), baseUrl: 'http://127.0.0.1:9' });
       console.log(typeof client.files.upload, client.counts().calls);
       await client.close();`,
    );
    assert.equal(await inFolder(alone, process.execPath, ['use.js']), 'function 0\n');
  });

  for (const { version, tsc } of COMPILERS) {
    for (const [module, moduleResolution] of [
      ['nodenext', 'nodenext'],
      ['esnext', 'bundler'],
    ]) {
      test(`give a client whose declarations TypeScript ${version} checks, ${moduleResolution}`, async () => {
        await writeFile(join(alone, 'typed.ts'), CLIENT_PROGRAM);
        const compilerOptions = {
          module,
          moduleResolution,
          target: 'es2022',
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          noEmit: true,
          types: ['node'],
          typeRoots: [join(root, 'node_modules', '@types')],
        };
        const config = JSON.stringify({ files: ['typed.ts'], compilerOptions });
        await writeFile(join(alone, 'tsconfig.json'), config);
        await inFolder(alone, process.execPath, [tsc, '-p', '.']);
      });
    }
  }

  /** Makes a folder with these packages, and what they depend on. */
  async function installed(name: string, tarballs: readonly string[]): Promise<string> {
    const folder = join(work, name);
    await mkdir(folder);
    const manifest = { name, private: true, type: 'module' };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    const flags = ['--prefer-offline', '--ignore-scripts'];
    await exec('npm', ['install', ...flags, ...tarballs], { cwd: folder });
    return folder;
  }

  async function inApp(file: string, args: string[]): Promise<string> {
    return await inFolder(app, file, args);
  }
});

const CLIENT_PROGRAM = `
import { BoxClient, type BoxFile, developerToken, isBoxError } from '@boxhaul/client';
import type { FileFull } from '@boxhaul/client/schemas';

const client = new BoxClient({ auth: developerToken('token') });
export const file: BoxFile = await client.files.get('1', { fields: ['size'] });
const { data } = await client.call('GET /files/{file_id}', { path: { file_id: file.id } });
export const same: FileFull = data;
for await (const item of client.folders.items('0')) console.log(item.name);
// @ts-expect-error there is no such method: nothing here is any
await client.files.compress('1');
// @ts-expect-error what is read is not written
file.name = 'other';
export const wasMissing = (error: unknown): boolean => isBoxError(error, 'not_found');
`;

/** Runs a program in a folder, with this Node first on the path. */
async function inFolder(folder: string, file: string, args: readonly string[]): Promise<string> {
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
  const env = { ...process.env, PATH: path };
  // The compiler says what is wrong on its standard output.
  const { stdout } = await exec(file, args, { cwd: folder, env }).catch((error: unknown) => {
    if (error instanceof Error && 'stdout' in error) error.message += `\n${error.stdout}`;
    throw error;
  });
  return stdout;
}
