/** Debian's own SSH server, on a port of this machine, with keys of its own and for one user. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const SSHD = '/usr/sbin/sshd';

/** Why there is no such server here; undefined if there is. Where everything has to be tested, that is a failure. */
export function withoutSshd(env = process.env): string | undefined {
  return without(SSHD, 'openssh-server', env);
}

/** The same of the program `ssh`. */
export function withoutSsh(env = process.env): string | undefined {
  return without('/usr/bin/ssh', 'openssh-client', env);
}

function without(program: string, name: string, env: NodeJS.ProcessEnv): string | undefined {
  if (existsSync(program)) return undefined;
  const words = `${program} is not here: apt-get install ${name}`;
  if (env.NOTHING_LEFT_OUT) throw new Error(words);
  return words;
}

export interface SshServer extends AsyncDisposable {
  readonly port: number;
  readonly user: string;
  /** A private key that is let in. */
  readonly keyFile: string;
  /** A folder of the server's user. */
  readonly folder: string;
  /** The line of a known_hosts file that says who it is on a port. */
  knownLine(port: number): string;
}

/**
 * It runs as somebody who is not allowed everything, so that there is something that it may not read.
 * @param settings more lines for its sshd_config
 */
export async function startSshd(...settings: readonly string[]): Promise<SshServer> {
  const isRoot = process.getuid?.() === 0;
  const { username, uid, gid } = isRoot ? nobody() : userInfo();
  const home = await realpath(await mkdtemp(join(tmpdir(), 'boxhaul-sshd-')));
  const own = (path: string) => {
    if (isRoot) chownSync(path, uid, gid);
  };
  for (const name of ['host_key', 'user_key']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(home, name)]);
  }
  const port = await freePort();
  await writeFile(
    join(home, 'sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${join(home, 'host_key')}`,
      `AuthorizedKeysFile ${join(home, 'user_key.pub')}`,
      `PidFile ${join(home, 'pid')}`,
      'StrictModes no',
      // Without it, who has no password counts as locked out.
      'UsePAM yes',
      'PasswordAuthentication no',
      'MaxStartups 100',
      'Subsystem sftp internal-sftp',
      ...settings,
    ].join('\n'),
  );
  const folder = join(home, 'files');
  execFileSync('mkdir', [folder]);
  await chmod(home, 0o755);
  for (const name of ['', 'host_key', 'user_key.pub', 'sshd_config', 'files'])
    own(join(home, name));
  const server = spawn(SSHD, ['-D', '-e', '-f', join(home, 'sshd_config')], {
    ...(isRoot && { uid, gid }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await listening(server.stderr);
  const hostKey = (await readFile(join(home, 'host_key.pub'), 'utf8')).split(' ').slice(0, 2);
  return {
    port,
    user: username,
    keyFile: join(home, 'user_key'),
    folder,
    knownLine: (at) => `[127.0.0.1]:${at} ${hostKey.join(' ')}\n`.replace('\n\n', '\n'),
    async [Symbol.asyncDispose]() {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      await rm(home, { recursive: true, force: true });
    },
  };
}

function nobody() {
  const [, , uid, gid] = execFileSync('getent', ['passwd', 'nobody'], { encoding: 'utf8' }).split(
    ':',
  );
  return { username: 'nobody', uid: Number(uid), gid: Number(gid) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** It says so, or why it does not. */
async function listening(words: NodeJS.ReadableStream): Promise<void> {
  const said: string[] = [];
  for await (const line of createInterface(words)) {
    if (line.includes('Server listening')) {
      words.resume();
      return;
    }
    said.push(line);
  }
  throw new Error(`sshd did not start: ${said.join('\n')}`);
}
