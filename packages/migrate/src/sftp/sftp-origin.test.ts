import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { originSuite } from '../origin.suite.ts';
import { cuttingProxy } from '../testing/cutting-proxy.ts';
import { folderBench } from '../testing/folder-bench.ts';
import { startSshd, withoutSshd } from '../testing/sshd.ts';
import { openSftpOrigin } from './sftp-origin.ts';

const skip = withoutSshd();
if (skip) test('files of an SSH server', { skip }, () => undefined);
else {
  originSuite('an SSH server', async () => {
    const server = await startSshd();
    const line = await cuttingProxy(server.port);
    const home = await mkdtemp(join(tmpdir(), 'boxhaul-ssh-home-'));
    await mkdir(join(home, '.ssh'));
    await writeFile(join(home, '.ssh', 'known_hosts'), server.knownLine(line.port));
    return {
      ...folderBench(server.folder),
      line,
      open: (signal) =>
        openSftpOrigin(
          {
            kind: 'sftp',
            host: '127.0.0.1',
            port: line.port,
            user: server.user,
            path: `${server.folder}/`,
          },
          { env: {}, home, keyFile: server.keyFile },
          signal,
        ),
      async [Symbol.asyncDispose]() {
        await line[Symbol.asyncDispose]();
        await server[Symbol.asyncDispose]();
        await rm(home, { recursive: true, force: true });
      },
    };
  });
}
