/** The command as a user who may not do everything, for what permissions forbid: root is asked for none. */
import { chmod, chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.ts';
import type { Runner } from './haul.ts';

const NOBODY = 65534;

export const asNobody: Runner = async (haul) => {
  const { bench, local, folderId, mode, root } = haul;
  const home = join(root, 'home');
  await mkdir(home, { recursive: true });
  const isRoot = process.getuid?.() === 0;
  if (isRoot) await chown(home, NOBODY, NOBODY);
  for (const folder of [bench.root, root]) await chmod(folder, 0o755);
  const token = bench.emulator.issueToken({ userId: bench.emulator.serviceAccountUserId });
  const words =
    bench.column.direction === 'upload'
      ? ['upload', `${local}/`, '--to', folderId, '--mode', mode]
      : ['download', folderId, local];
  const { code, stdout, stderr } = await run(
    [...words, '--base-url', bench.emulator.url, '--token', token, '--json'],
    { env: { BOXHAUL_HOME: home }, cwd: '/', ...(isRoot && { uid: NOBODY }) },
  );
  const events = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const failed = events.filter((event) => event.state === 'failed');
  if (code !== 0 && failed.length === 0) return { codes: ['none'], words: [stderr] };
  if ((code === 1) !== failed.length > 0) return { codes: [`exit ${code}`], words: [stderr] };
  return {
    codes: failed.map((event) => String(event.reason)),
    words: failed.map((event) => String(event.message)),
  };
};
