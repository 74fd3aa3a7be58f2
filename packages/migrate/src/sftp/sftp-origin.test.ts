import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { filterOf } from '@boxhaul/transfer';
import { readAddress, type SftpAddress } from '../address.ts';
import { originSuite } from '../origin.suite.ts';
import { cuttingProxy } from '../testing/cutting-proxy.ts';
import { folderBench } from '../testing/folder-bench.ts';
import { startPasswordServer } from '../testing/password-server.ts';
import { type SshServer, startSshd, withoutSsh, withoutSshd } from '../testing/sshd.ts';
import { openSftpOrigin, type SftpOptions } from './sftp-origin.ts';
import { type HostSettings, hostSettings } from './ssh-config.ts';

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

    test('is reached through another, and known by the name that ~/.ssh/config has for its key', async () => {
      await using server = await startSshd();
      await using gate = await startSshd();
      await using home = await newHome(server, server.port);
      await folderBench(server.folder).put('a', Buffer.from('behind the gate'));
      const known = server.knownLine(server.port).replace(/^\S+/, 'archive');
      await writeFile(join(home.path, '.ssh', 'known_hosts'), known + gate.knownLine(gate.port));
      const config = (jump: string) => `
        Host *
          HostName 127.0.0.1
          User ${server.user}
          ProxyJump ${jump}
        Host inner
          Port ${server.port}
          HostKeyAlias archive
          IdentityFile ${server.keyFile}
        Host gate
          Port ${gate.port}
          IdentityFile ${gate.keyFile}`;
      const say = (text: string) => writeFile(join(home.path, '.ssh', 'config'), text);
      const address = readAddress(`sftp://inner${server.folder}/`) as SftpAddress;
      const reach = () => openSftpOrigin(address, { env: {}, home: home.path }, live);
      await say(config('gate'));
      const origin = await reach();
      const way = ` through ${gate.user}@127.0.0.1:${gate.port}`;
      assert.equal(origin.identity[1], `sftp://${server.user}@127.0.0.1:${server.port}${way}`);
      const { entries } = await origin.top({ signal: live, filter: filterOf({}) });
      const source = await origin.open(entries[0] as (typeof entries)[0], live);
      assert.equal((await source.readWhole()).toString(), 'behind the gate');
      await source.close();
      await origin.close();

      await say(config('gate').replace(gate.keyFile, server.keyFile));
      await assert.rejects(reach(), {
        message: `the server does not admit ${gate.user}@127.0.0.1`,
      });
      await say(config('gate').replace(`Port ${gate.port}`, 'Port 1'));
      await assert.rejects(reach(), { message: /127.0.0.1:1, which leads there: .*ECONNREFUSED/ });
      await say(config('gate').replace(`Port ${server.port}`, 'Port 1'));
      await assert.rejects(reach(), { message: /127.0.0.1 does not lead on to 127.0.0.1:1: / });
      await say(config('gate').replace('HostKeyAlias archive', ''));
      await assert.rejects(reach(), { message: /is not a host that this machine knows/ });
    });

    test('is told its password alone, and no host on the way', async () => {
      await using gate = await startPasswordServer('open sesame', 'password');
      await using home = await newHome({ knownLine: () => '' }, 1);
      const config = `Host gate\n HostName 127.0.0.1\n Port ${gate.port}\nHost inner\n ProxyJump gate`;
      await writeFile(join(home.path, '.ssh', 'config'), config);
      const env = { BOXHAUL_SFTP_PASSWORD: 'open sesame' };
      const options = { env, home: home.path, acceptNewHostKey: true };
      const address = readAddress('sftp://inner/') as SftpAddress;
      await assert.rejects(openSftpOrigin(address, options, live), {
        message: /does not admit .*@127.0.0.1$/,
        details: ['there was nothing to offer'],
      });
    });

    test('is found as ssh finds it', { skip: withoutSsh() }, async (t) => {
      const home = await mkdtemp(join(tmpdir(), 'boxhaul-ssh-home-'));
      t.after(() => rm(home, { recursive: true }));
      await mkdir(join(home, '.ssh'));
      const inner = join(home, 'inner');
      await writeFile(inner, 'User top\nHost b\n Port 30\nMatch user top\n Port 31\n');
      const config = join(home, '.ssh', 'config');
      const lines = [
        'Match originalhost c,d !user me',
        ' HostKeyAlias key-of-c',
        `Host a !d\n Include ${inner}\n HostName %h.example.com\n Port 24`,
        'Match host a.example.com\n HostKeyAlias key',
        'Host ?\n ProxyJump ann@gate:25\n User late',
        `Match user late\n Include ${inner}`,
        'Match final host b\n Port 32',
      ];
      await writeFile(config, lines.join('\n'));
      for (const host of ['a', 'b', 'c', 'd', 'long']) {
        const said = execFileSync('ssh', ['-F', config, '-G', host], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        const of = (word: string) => new RegExp(`^${word} (.*)$`, 'm').exec(said)?.[1];
        const address = { kind: 'sftp', host, path: '/' } as const;
        const localUser = userInfo().username;
        const found = await hostSettings(address, { home, env: {}, localUser });
        assert.deepEqual(
          [found.host, `${found.port}`, found.user, found.knownAs, jumpOf(found.through)],
          [of('hostname'), of('port'), of('user'), of('hostkeyalias'), of('proxyjump')],
          host,
        );
      }
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

function jumpOf(through: HostSettings['through']) {
  const [jump] = through ?? [];
  return jump && `${jump.user}@${jump.host}:${jump.port}`;
}

async function newHome(server: Pick<SshServer, 'knownLine'>, port: number) {
  const path = await mkdtemp(join(tmpdir(), 'boxhaul-ssh-home-'));
  await mkdir(join(path, '.ssh'));
  await writeFile(join(path, '.ssh', 'known_hosts'), server.knownLine(port));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

function open({ port, user, folder }: SshServer, home: string, options: Partial<SftpOptions>) {
  const address = { kind: 'sftp', host: '127.0.0.1', port, user, path: `${folder}/` } as const;
  return openSftpOrigin(address, { env: {}, home, ...options }, live);
}
