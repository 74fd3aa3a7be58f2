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
  ['no jump', 'ProxyJump none\nProxyCommand nc %h %p\n', 'sftp://files/', BARE],
  ['no command', 'ProxyCommand none\nProxyJump gate\n', 'sftp://files/', BARE],
  [
    'a name that the key stands under',
    'Host files\n HostKeyAlias archive\n',
    'sftp://files/',
    { ...BARE, knownAs: 'archive' },
  ],
  [
    'what a host is not',
    'Match !host other user me\n Port 23\nMatch !user me\n Port 24\n',
    'sftp://files/',
    { ...BARE, port: 23 },
  ],
  [
    'what all has led to',
    'Match final host files.example.com\n Port 23\nHost files\n hostname %h.example.com\n',
    'sftp://files/',
    { ...BARE, host: 'files.example.com', port: 23 },
  ],
];

const GATE = { ...BARE, host: 'gate.example.com', port: 2200, user: 'guard' };
const GATE_IS = 'Host gate\n HostName gate.example.com\n Port 2200\n User guard\n';

const jumps: [what: string, config: string, address: string, due: HostSettings[] | undefined][] = [
  ['a jump', `Host files\n ProxyJump gate\n${GATE_IS}`, 'sftp://files/', [GATE]],
  [
    'a jump that says who and where',
    `Host files\n ProxyJump ann@gate:23\n${GATE_IS}`,
    'sftp://files/',
    [{ ...GATE, port: 23, user: 'ann' }],
  ],
  [
    'a jump that is an address',
    'Host files\n ProxyJump ssh://ann@[fe80::1]:23\n',
    'sftp://files/',
    [{ ...BARE, host: 'fe80::1', port: 23, user: 'ann' }],
  ],
  [
    'a jump of the jump',
    `Host files\n ProxyJump gate\nHost gate\n ProxyJump outer\n${GATE_IS}`,
    'sftp://files/',
    [{ ...BARE, host: 'outer' }, GATE],
  ],
  [
    'a list of jumps, of which the file tells the first one’s way alone',
    `Host files\n ProxyJump one,gate\nHost gate\n ProxyJump other\n${GATE_IS}`,
    'sftp://files/',
    [{ ...BARE, host: 'one' }, GATE],
  ],
  ['a jump for all, also for itself', `${GATE_IS}Host *\n ProxyJump gate`, 'sftp://files/', [GATE]],
  ['a jump for all', `${GATE_IS}Host *\n ProxyJump gate`, 'sftp://gate/', undefined],
  ['jumps for all', `Host *\n ProxyJump one,two`, 'sftp://two/', [{ ...BARE, host: 'one' }]],
];

suite('~/.ssh/config', () => {
  for (const [what, config, address, due] of table) {
    test(`with ${what} leads ${address} where ssh goes`, async (t) => {
      assert.deepEqual(await settings(t, config === '' ? {} : { config }, address), due);
    });
  }

  for (const [what, config, address, due] of jumps) {
    test(`with ${what} leads to ${address} through whom it says`, async (t) => {
      assert.deepEqual((await settings(t, { config }, address)).through, due);
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

  test('includes within a host and a match what is for these alone', async (t) => {
    const config = [
      'Host files',
      ' Include inner',
      ' Port 25',
      'Match host other',
      ' Include inner',
      'Host *',
      ' User late',
      ' Port 26',
    ].join('\n');
    const inner = 'HostKeyAlias archive\nHost none\n User none\nHost f*\n User ann\n';
    const at = (address: string) => settings(t, { config, inner }, address);
    const knownAs = 'archive';
    assert.deepEqual(await at('sftp://files/'), { ...BARE, port: 25, user: 'ann', knownAs });
    const other = { ...BARE, host: 'other', port: 26, user: 'late', knownAs };
    assert.deepEqual(await at('sftp://other/'), other);
    assert.deepEqual(await at('sftp://fox/'), { ...BARE, host: 'fox', port: 26, user: 'late' });
  });

  const refused: [config: string, says: RegExp][] = [
    ['Host files\n ProxyCommand ssh -W %h:%p gate\n', /^files is reached by a command/],
    [
      'Host files\n ProxyJump gate\nHost gate\n ProxyCommand nc %h %p\n',
      /^gate is reached by a command/,
    ],
    ['Host files\n ProxyJump gate:none\n', /ProxyJump for files that names no host: gate:none/],
    ['Host files\n ProxyJump a\nHost a\n ProxyJump files', /^files is reached through .* back/],
    ['Host "files\n', /config cannot be understood: /],
    ['Host files\n Port none\n', /config has no port for files: none/],
  ];
  for (const [config, says] of refused) {
    test(`is refused with ${JSON.stringify(config)}`, async (t) => {
      await assert.rejects(settings(t, { config }, 'sftp://files/'), { message: says });
    });
  }
});
