import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { suite, test } from 'node:test';
import { cronFields } from './cron-fields.ts';
import type { PlannedCommand } from './place.ts';
import { calendarsOf, unitsOf } from './systemd-units.ts';

const planned: PlannedCommand = {
  name: 'upload-out',
  when: { every: 300_000 },
  whenWords: 'every 5 min',
  command: ['/usr/bin/node', '/opt/boxhaul.js', 'upload', 'a "b" $c %d\\e/', '--to', '/In'],
  commandWords: `boxhaul upload 'a "b" $c %d\\e/' --to /In`,
  cwd: '/srv/100%',
  env: {},
};

const calendars: [cron: string, expected: string[]][] = [
  ['0 2 * * *', ['*-*-* 02:00:00']],
  ['*/15 * * * *', ['*-*-* *:00,15,30,45:00']],
  ['* * * * *', ['*-*-* *:*:00']],
  ['@daily', ['*-*-* 00:00:00']],
  ['30 6 * * MON-FRI', ['Mon,Tue,Wed,Thu,Fri *-*-* 06:30:00']],
  ['0 0 * * 0', ['Sun *-*-* 00:00:00']],
  ['0 0 * * 6,7', ['Sat,Sun *-*-* 00:00:00']],
  ['0 0 29 feb *', ['*-02-29 00:00:00']],
  ['5 8-10 1,15 */6 *', ['*-01,07-01,15 08,09,10:05:00']],
  ['0 0 1 * mon', ['*-*-01 00:00:00', 'Mon *-*-* 00:00:00']],
];

suite('systemd', () => {
  for (const [cron, expected] of calendars) {
    test(`has the times of ${cron}`, () => {
      assert.deepEqual(calendarsOf(cronFields(cron)), expected);
    });
  }

  test('understands them', {
    skip: !isHere('systemd-analyze') && 'no systemd-analyze',
  }, () => {
    const all = calendars.flatMap(([, expected]) => expected.map((one) => `${one} Europe/Berlin`));
    const { status, stderr } = spawnSync('systemd-analyze', ['calendar', ...all], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  });

  test('is refused what only the foreground understands', () => {
    for (const cron of ['0 0 L * *', '0 0 * * MON#1', '0 0 15W * *', '? * * * *']) {
      assert.throws(() => cronFields(cron), /is not understood by the system/);
    }
  });

  test('runs the words as they are, in their folder, and after full intervals', () => {
    const { service, timer, variables } = unitsOf(planned, '/etc/systemd/system');
    assert.equal(service.name, 'boxhaul-upload-out.service');
    assert.match(service.text, /\nWorkingDirectory=\/srv\/100%%\n/);
    const words = String.raw`ExecStart="/usr/bin/node" "/opt/boxhaul.js" "upload" "a \"b\" $$c %%d\\e/" "--to" "/In"`;
    assert.ok(service.text.includes(`\n${words}\n`), service.text);
    assert.match(timer.text, /\nOnActiveSec=0\nOnUnitActiveSec=300s\n/);
    assert.equal(variables, undefined);
  });

  test('takes no folder whose name would be lines of its own', () => {
    const cwd = '/srv/out\nExecStartPre=/bin/true';
    assert.throws(() => unitsOf({ ...planned, cwd }, '/u'), /a line break in the name of a folder/);
    assert.throws(() => unitsOf(planned, '/u\n'), /a line break/);
  });

  test('has variables in a file of their own, and a time zone with each of its times', () => {
    const when = { cron: '0 0 1 * MON', tz: 'Europe/Berlin' };
    const env = { BOXHAUL_PING_URL: 'https://hc.example/"$x"' };
    const { service, timer, variables } = unitsOf({ ...planned, when, env }, '/u');
    assert.match(service.text, /\nEnvironmentFile=\/u\/boxhaul-upload-out\.env\n/);
    assert.ok(!service.text.includes('hc.example'));
    assert.equal(variables?.text, 'BOXHAUL_PING_URL="https://hc.example/\\"\\$x\\""\n');
    const times =
      /OnCalendar=\*-\*-01 00:00:00 Europe\/Berlin\nOnCalendar=Mon \*-\*-\* 00:00:00 Europe\/Berlin\nPersistent=true\n/;
    assert.match(timer.text, times);
  });
});

function isHere(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}
