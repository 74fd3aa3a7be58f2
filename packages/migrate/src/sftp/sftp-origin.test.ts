import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { filterOf } from '@boxhaul/transfer';
import { readAddress, type SftpAddress } from '../address.ts';
import { originSuite } from '../origin.suite.ts';
import { cuttingProxy } from '../testing/cutting-proxy.ts';
import { folderBench } from '../testing/folder-bench.ts';
import { type SshServer, startSshd, withoutSshd } from '../testing/sshd.ts';
import { openSftpOrigin, type SftpOptions } from './sftp-origin.ts';

const skip = withoutSshd();
if (skip) test('files of an SSH server', { skip }, () => undefined);
else {
  originSuite('an SSH server', async () => {
    const server = await startSshd();
    const line = await cuttingProxy(server.port);
    const home = await newHome(server, line.port);
    const behindLine = { ...server, port: line.port };
    return {
      ...folderBench(server.folder),
      line,
      open: () => open(behindLine, home.path, { keyFile: server.keyFile }),
      async [Symbol.asyncDispose]() {
        await line[Symbol.asyncDispose]();
        await server[Symbol.asyncDispose]();
        await home[Symbol.asyncDispose]();
      },
    };
  });

  suite('an SSH server', () => {
    test('that allows one channel at a time has all read over that one', async () => {
      await using server = await startSshd('MaxSessions 1');
      await using home = await newHome(server, server.port);
      const { put } = folderBench(server.folder);
      const names = ['a', 'b', 'c', 'd', 'e'];
      for (const name of names) await put(name, Buffer.alloc(200_000, name));
      const origin = await open(server, home.path, { keyFile: server.keyFile });
      const { entries } = await origin.top({ signal: live, filter: filterOf({}) });
      const read = entries.map(async (entry) => {
        const source = await origin.open(entry, live);
        const bytes = await source.readWhole();
        await source.close();
        return bytes.equals(Buffer.alloc(200_000, entry.name));
      });
      assert.deepEqual(await Promise.all(read), [true, true, true, true, true]);
      await origin.close();
    });

    test('is found under the name that ~/.ssh/config has for it', async () => {
      await using server = await startSshd();
      await using home = await newHome(server, server.port);
      const { port, user, keyFile, folder } = server;
      const said = [
        `Port ${port}`,
        `User ${user}`,
        `IdentityFile ${keyFile}`,
        'HostName 127.0.0.1',
      ];
      await writeFile(join(home.path, '.ssh', 'config'), ['Host old', ...said].join('\n  '));
      const address = readAddress(`sftp://old${folder}/`) as SftpAddress;
      const origin = await openSftpOrigin(address, { env: {}, home: home.path }, live);
      await origin.close();
      assert.equal(origin.identity[0], `sftp://${user}@127.0.0.1:${port}${folder}/`);
      await writeFile(join(home.path, '.ssh', 'config'), 'Host old\n  IdentityFile ~/gone');
      await assert.rejects(open(server, home.path, {}), { message: /does not admit/ });
    });

    test('lets in who has an agent with the right key', async () => {
      await using server = await startSshd();
      await using home = await newHome(server, server.port);
      const socket = join(home.path, 'agent');
      const agent = spawn('ssh-agent', ['-D', '-a', socket], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      await once(agent.stdout, 'data');
      const env = { SSH_AUTH_SOCK: socket };
      execFileSync('ssh-add', ['-q', server.keyFile], { env: { ...process.env, ...env } });
      const origin = await open(server, home.path, { env });
      assert.deepEqual((await origin.top({ signal: live, filter: filterOf({}) })).entries, []);
      await origin.close();
      agent.kill();
    });
  });
}

const live = new AbortController().signal;

async function newHome(server: SshServer, port: number) {
  const path = await mkdtemp(join(tmpdir(), 'boxhaul-ssh-home-'));
  await mkdir(join(path, '.ssh'));
  await writeFile(join(path, '.ssh', 'known_hosts'), server.knownLine(port));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

function open({ port, user, folder }: SshServer, home: string, options: Partial<SftpOptions>) {
  const address = { kind: 'sftp', host: '127.0.0.1', port, user, path: `${folder}/` } as const;
  return openSftpOrigin(address, { env: {}, home, ...options }, live);
}
