/**
 * The demo, a step at a time: each does what its command line says and then proves it, by asking Box
 * or reading the disk again.
 */
import { extname, join } from 'node:path';
import type { FaultMatch } from '@boxhaul/emulator';
import {
  download,
  filterOf,
  type TransferReport,
  type UploadMode,
  upload,
} from '@boxhaul/transfer';
import { formatBytes, formatNumberOf } from '../output/format.ts';
import {
  difference,
  differenceOnDisk,
  digestsOf,
  digestsOnDisk,
  type FileOnBox,
  filesOnBox,
} from './evidence.ts';
import { change, commonestExtension, type Material } from './material.ts';
import type { Claim, Outcome, Stage, Step } from './stage.ts';

/** The whole demo for a material, in order. */
export function demoSteps(material: Material): readonly Step[] {
  const [first, second, third] = changeable(material);
  const send = (mode: UploadMode) => `boxhaul upload ./demo/ --to /Demo --mode ${mode}`;
  const extension = commonestExtension(material.files);
  return [
    { title: 'upload', command: send('upload'), run: sendEverything },
    { title: 'upload, once more', command: send('upload'), run: sendNothing },
    {
      title: 'update',
      command: send('update'),
      run: (stage) =>
        sendVersions(
          stage,
          [first, second].filter((path) => path !== undefined),
        ),
    },
    {
      title: 'overwrite',
      command: send('overwrite'),
      run: (stage) => sendReplacement(stage, third ?? first),
    },
    { title: 'download', command: 'boxhaul download /Demo ./all', run: fetchEverything },
    ...(extension === undefined
      ? []
      : [
          {
            title: 'download, filtered',
            command: `boxhaul download /Demo ./some --ext ${extension}`,
            run: (stage: Stage) => fetchSome(stage, extension),
          },
        ]),
  ];
}

/** Up goes everything, and the connection breaks in the middle of one file. */
async function sendEverything(stage: Stage): Promise<Outcome> {
  const { report, claim } = await withBrokenLine(
    stage,
    carriesContents(stage.material),
    (watched) => send(watched, 'upload'),
  );
  const { files } = stage.material;
  return {
    did: `${formatNumberOf(report.transferred, 'file')} up, ${formatBytes(report.bytes)}`,
    report,
    claims: [
      claim,
      is('every file was sent', report.transferred, files.length),
      await sameOnBox(stage),
    ],
  };
}

/** Requests that carry contents up: parts of a session where all files are so large. */
function carriesContents({ files }: Material): FaultMatch {
  return files.some(({ bytes }) => bytes < 50_000_000)
    ? { method: 'POST', path: '/files/content' }
    : { method: 'PUT', path: '/files/upload_sessions/:id' };
}

/** Box has it all already. */
async function sendNothing(stage: Stage): Promise<Outcome> {
  const report = await send(stage, 'upload');
  return {
    did: `nothing to do: ${formatNumberOf(report.skipped, 'file')} unchanged`,
    report,
    claims: [
      is('not one upload was made', report.calls.uploads, 0),
      is('every file was recognised by its SHA-1', report.skippedBy.same ?? 0, fileCount(stage)),
    ],
  };
}

/** Changed files become new versions of the same files. */
async function sendVersions(stage: Stage, paths: readonly string[]): Promise<Outcome> {
  const before = await filesOnBox(stage.client, stage.folderId);
  await change(stage.source, paths);
  const report = await send(stage, 'update');
  const after = await filesOnBox(stage.client, stage.folderId);
  const histories = await Promise.all(paths.map((path) => olderVersions(stage, after.get(path))));
  return {
    did: `${formatNumberOf(report.transferred, 'changed file')}: ${paths.join(', ')}`,
    report,
    claims: [
      is('only what changed was sent', report.transferred, paths.length),
      {
        claim: 'each is the same file on Box as before, and its old contents are in its history',
        holds: paths.every(
          (path, index) =>
            after.get(path)?.id === before.get(path)?.id &&
            histories[index]?.includes(before.get(path)?.sha1 ?? '') === true,
        ),
      },
      await sameOnBox(stage),
    ],
  };
}

/** A changed file takes the place of the old one, which goes to the trash. */
async function sendReplacement(stage: Stage, path: string): Promise<Outcome> {
  const before = await filesOnBox(stage.client, stage.folderId);
  await change(stage.source, [path]);
  const report = await send(stage, 'overwrite');
  const after = await filesOnBox(stage.client, stage.folderId);
  const trashed: string[] = [];
  for await (const item of stage.client.trash.items()) trashed.push(item.id);
  const [oldId, newId] = [before.get(path)?.id, after.get(path)?.id];
  return {
    did: `${formatNumberOf(report.transferred, 'changed file')}: ${path}`,
    report,
    claims: [
      is('only what changed was sent', report.transferred, 1),
      {
        claim: 'a new file is in its place, and the old one is in the trash',
        holds: oldId !== undefined && oldId !== newId && trashed.includes(oldId),
      },
      await sameOnBox(stage),
    ],
  };
}

/** Down comes everything, and the connection breaks in the middle of one file. */
async function fetchEverything(stage: Stage): Promise<Outcome> {
  const directory = join(stage.downloads, 'all');
  const { report, claim } = await withBrokenLine(stage, { host: 'download' }, (watched) =>
    fetch(watched, directory),
  );
  return {
    did: `${formatNumberOf(report.transferred, 'file')} down, ${formatBytes(report.bytes)}`,
    report,
    claims: [claim, await sameHere(stage, directory, allPaths(stage.material))],
  };
}

/** Down come the files of one kind. */
async function fetchSome(stage: Stage, extension: string): Promise<Outcome> {
  const wanted = allPaths(stage.material).filter(
    (path) => extname(path).toLowerCase() === extension,
  );
  const directory = join(stage.downloads, 'some');
  const report = await fetch(stage, directory, extension);
  return {
    did: `${formatNumberOf(report.transferred, 'file')} down, ${formatBytes(report.bytes)}`,
    report,
    claims: [
      is(`the ${extension} files came, and no others`, report.transferred, wanted.length),
      await sameHere(stage, directory, wanted),
    ],
  };
}

async function send(stage: Stage, mode: UploadMode): Promise<TransferReport> {
  const { client, folderId, signal, onEvent } = stage;
  const sources = [`${stage.source}/`];
  const report = await upload({ client, folderId, signal, onEvent, mode, sources });
  // There is nothing to prove about half a transfer.
  signal.throwIfAborted();
  return report;
}

async function fetch(stage: Stage, directory: string, extension?: string): Promise<TransferReport> {
  const { client, folderId, signal, onEvent } = stage;
  const filter = extension === undefined ? {} : { filter: filterOf({ extensions: [extension] }) };
  const report = await download({ client, folderId, signal, onEvent, directory, ...filter });
  signal.throwIfAborted();
  return report;
}

async function sameOnBox(stage: Stage): Promise<Claim> {
  const onBox = digestsOf(await filesOnBox(stage.client, stage.folderId));
  return found(
    'Box lists the same files, with the SHA-1 of those here',
    difference(await digestsOnDisk(stage.source), onBox),
  );
}

async function sameHere(stage: Stage, copy: string, paths: readonly string[]): Promise<Claim> {
  return found(
    `${formatNumberOf(paths.length, 'file')}, byte for byte the same as the originals`,
    await differenceOnDisk(stage.source, paths, copy),
  );
}

/**
 * Breaks the connection in the middle of the first request that matches. The break is real if the
 * emulator counted it, and the recovery if the client repeated a request or the transfer a file, or if all files
 * arrived although the archive that they came in did not: the rest of one is fetched file by file.
 */
async function withBrokenLine(
  stage: Stage,
  match: FaultMatch,
  work: (stage: Stage) => Promise<TransferReport>,
): Promise<{ report: TransferReport; claim: Claim }> {
  const again: string[] = [];
  const fault = stage.box.faults.add({ match, action: { cut: 'in' } });
  const report = await work({
    ...stage,
    onEvent: (event) => {
      if (event.type === 'retry') again.push(event.path);
      stage.onEvent(event);
    },
  });
  fault.remove();
  const repeated = report.calls.retried + again.length;
  const isWhole = report.ended === 'complete' && report.failed === 0 && report.left === 0;
  const where = again[0] ?? 'a file';
  return {
    report,
    claim: {
      claim: `the connection was broken on purpose in the middle of ${where}, and the work went on`,
      holds: fault.hits === 1 && (repeated >= 1 || isWhole),
      found: `broken ${fault.hits} times, repeated ${repeated} times`,
    },
  };
}

async function olderVersions(stage: Stage, file: FileOnBox | undefined): Promise<string[]> {
  const digests: string[] = [];
  if (file === undefined) return digests;
  for await (const version of stage.client.files.versions(file.id))
    digests.push(version.sha1 ?? '');
  return digests;
}

/** Up to three files to change: small ones, so that each step shows one request. */
function changeable({ files }: Material): [string, string?, string?] {
  const [first, ...others] = files.toSorted((one, other) => one.bytes - other.bytes);
  if (first === undefined) throw new Error('a material has at least one file');
  return [first.path, ...others.slice(0, 2).map(({ path }) => path)] as [string, string?, string?];
}

function allPaths(material: Material): string[] {
  return material.files.map(({ path }) => path);
}

function fileCount(stage: Stage): number {
  return stage.material.files.length;
}

function is(claim: string, value: number, expected: number): Claim {
  return { claim, holds: value === expected, found: `${value} instead of ${expected}` };
}

function found(claim: string, problem: string | undefined): Claim {
  return problem === undefined ? { claim, holds: true } : { claim, holds: false, found: problem };
}
