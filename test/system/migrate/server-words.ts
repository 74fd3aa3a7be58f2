/** How a command is told to read what lies on a server of a test: its words, and its environment. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BUCKET, type S3Server } from '../../../packages/migrate/src/testing/s3-server.ts';
import type { SshServer } from '../../../packages/migrate/src/testing/sshd.ts';
import type { WebDavServer } from '../../../packages/migrate/src/testing/webdav-server.ts';

type Told = [words: string[], env: Record<string, string>];

/** @param work where the home of a user is made who knows the server */
export async function toldOfSshd(
  { user, port, folder, keyFile, knownLine }: SshServer,
  work: string,
): Promise<Told> {
  const home = join(work, 'ssh-home');
  await mkdir(join(home, '.ssh'), { recursive: true });
  await writeFile(join(home, '.ssh', 'known_hosts'), knownLine(port));
  return [[`sftp://${user}@127.0.0.1:${port}${folder}/`, '--ssh-key', keyFile], { HOME: home }];
}

export function toldOfBucket({ front, env }: S3Server): Told {
  const endpoint = `http://127.0.0.1:${front.port}`;
  return [[`s3://${BUCKET}/exports/`, '--s3-endpoint', endpoint], env];
}

export function toldOfWebDav({ front, env }: WebDavServer): Told {
  return [[`dav://127.0.0.1:${front.port}/`], env];
}
