import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { readAddress, type SftpAddress } from '../address.ts';
import { type HostSettings, hostSettings } from './ssh-config.ts';

/** What is said of an address where these files are in `~/.ssh`; paths in the answer begin with `~`. */
async function settings(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  address: string,
  env: Readonly<Record<string, string>> = {},
): Promise<HostSettings> {
  const home = await mkdtemp(join(tmpdir(), 'boxhaul-ssh-config-'));
  t.after(() => rm(home, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    const path = join(home, '.ssh', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const found = await hostSettings(readAddress(address) as SftpAddress, {
    home,
    env,
    localUser: 'me',
  });
  return JSON.parse(JSON.stringify(found).replaceAll(home, '~'));
}

const KNOWN = ['~/.ssh/known_hosts'];
const BARE = { host: 'files', port: 22, user: 'me', knownHosts: KNOWN };

const FILES = `Host files
  HostName files.example.com
  User ann
  Port 2222
  IdentityFile ~/keys/%r@%n
  IdentityFile "%d/my keys/second"
  UserKnownHostsFile ~/.ssh/known_files /etc/known
`;

const table: [what: string, config: string, address: string, due: HostSettings][] = [
  ['no file', '', 'sftp://files/', BARE],
  ['another host', FILES, 'sftp://other/', { ...BARE, host: 'other' }],
  [
    'a host',
    FILES,
    'sftp://files/',
    {
      host: 'files.example.com',
      port: 2222,
      user: 'ann',
      keyFiles: ['~/keys/ann@files', '~/my keys/second'],
      knownHosts: ['~/.ssh/known_files', '/etc/known'],
    },
  ],
  [
    'an address that says more',
    'Host files\n HostName %h.example.com\n User ann\n Port 2222\n',
    'sftp://bob@files:22/',
    { ...BARE, host: 'files.example.com', user: 'bob' },
  ],
  [
    'what is said first',
    'host=f*\n user=ann\nHost *\n USER bob\n port 23\n',
    'sftp://files/',
    { ...BARE, user: 'ann', port: 23 },
  ],
  ['a host that is left out', 'Host * !files\n Port 23\n', 'sftp://files/', BARE],
  ['a command of Match', 'Match exec "true"\n Port 23\n', 'sftp://files/', BARE],
  [
    'a user of Match',
    'Match user ann\n Port 23\n',
    'sftp://ann@files/',
    { ...BARE, user: 'ann', port: 23 },
  ],
  ['no keys', 'IdentityFile none\n', 'sftp://files/', { ...BARE, keyFiles: [] }],
  ['no known hosts', 'UserKnownHostsFile none\n', 'sftp://files/', { ...BARE, knownHosts: [] }],
  ['no jump', 'ProxyJump none\n', 'sftp://files/', BARE],
];

suite('~/.ssh/config', () => {
  for (const [what, config, address, due] of table) {
    test(`with ${what} leads ${address} where ssh goes`, async (t) => {
      assert.deepEqual(await settings(t, config === '' ? {} : { config }, address), due);
    });
  }

  test('names an agent, or says that none is asked', async (t) => {
    const env = { SSH_AUTH_SOCK: '/run/agent', OTHER: '/run/other' };
    const agents: [config: string, agent: string | undefined][] = [
      ['', '/run/agent'],
      ['IdentitiesOnly yes\n', undefined],
      ['IdentityAgent none\n', undefined],
      ['IdentityAgent ~/agent.sock\n', '~/agent.sock'],
      ['IdentityAgent $OTHER\n', '/run/other'],
      ['IdentityAgent SSH_AUTH_SOCK\n', '/run/agent'],
    ];
    for (const [config, agent] of agents) {
      assert.equal((await settings(t, { config }, 'sftp://files/', env)).agent, agent, config);
    }
  });

  test('includes other files, and itself not for ever', async (t) => {
    const config = 'Include conf.d/* ~/.ssh/config\nHost files\n User late\n';
    const files = {
      config,
      'conf.d/1': 'Host files\n User ann\n',
      'conf.d/2': 'Host files\n User bob\n Port 24\n',
    };
    assert.deepEqual(await settings(t, files, 'sftp://files/'), { ...BARE, user: 'ann', port: 24 });
  });

  const refused: [config: string, says: RegExp][] = [
    ['Host files\n ProxyJump gate\n', /^files is reached through another host/],
    ['Host files\n ProxyCommand ssh -W %h:%p gate\n', /^files is reached through another host/],
    ['Host "files\n', /config cannot be understood: /],
    ['Host files\n Port none\n', /config has no port for files: none/],
  ];
  for (const [config, says] of refused) {
    test(`is refused with ${JSON.stringify(config)}`, async (t) => {
      await assert.rejects(settings(t, { config }, 'sftp://files/'), { message: says });
    });
  }
});
