import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { entryOf, plannedIn, withLine, withoutLine } from './crontab-lines.ts';
import type { PlannedCommand } from './place.ts';

const planned: PlannedCommand = {
  name: 'upload-out',
  when: { cron: '0 2 * * *' },
  whenWords: 'cron 0 2 * * *',
  command: ['node', 'boxhaul.js', 'upload', "it's 100%/", '--to', '/In'],
  commandWords: '',
  cwd: '/srv/out put',
  env: { BOXHAUL_PING_URL: 'https://hc.example/secret?a=1%20b' },
};

suite('a line of a crontab', () => {
  const every: [minutes: number, expected: string][] = [
    [1, '* * * * *'],
    [5, '*/5 * * * *'],
    [60, '0 * * * *'],
    [360, '0 */6 * * *'],
    [1440, '0 0 * * *'],
  ];
  for (const [minutes, expected] of every) {
    test(`every ${minutes} minutes`, () => {
      const { line } = entryOf({ ...planned, when: { every: minutes * 60_000 } }, 'UTC', '/s');
      assert.ok(line.startsWith(`${expected} cd `), line);
    });
  }

  test('says no where cron cannot count so, or not there', () => {
    const says = (changes: Partial<PlannedCommand>) => () =>
      entryOf({ ...planned, ...changes }, 'UTC', '/s');
    for (const minutes of [0.5, 7, 90, 2880]) {
      assert.throws(says({ when: { every: minutes * 60_000 } }), /minutes that divide an hour/);
    }
    const cron = '0 2 * * *';
    assert.throws(says({ when: { cron, tz: 'Europe/Berlin' } }), /time zone only \(UTC\)/);
    assert.doesNotThrow(says({ when: { cron, tz: 'UTC' } }));
    assert.throws(says({ command: ['a\nb'] }), /a line break/);
  });

  test('is what a shell and cron take it for, and is found and removed without the others', () => {
    const { line, secret } = entryOf(planned, 'UTC', "/ann's 1%/schedules");
    assert.equal(
      line,
      String.raw`0 2 * * * cd '/srv/out put' && . '/ann'\''s 1\%/schedules/upload-out.env' && exec node boxhaul.js upload 'it'\''s 100\%/' --to /In # boxhaul:upload-out`,
    );
    assert.deepEqual(secret, {
      path: "/ann's 1%/schedules/upload-out.env",
      text: "export BOXHAUL_PING_URL='https://hc.example/secret?a=1%20b'\n",
    });
    const others = '# mine\n5 4 * * * true # boxhaul\n';
    const crontab = withLine(others, line);
    const commandWords = String.raw`cd '/srv/out put' && exec node boxhaul.js upload 'it'\''s 100%/' --to /In`;
    assert.deepEqual(plannedIn(crontab), [
      { name: 'upload-out', whenWords: 'cron 0 2 * * *', commandWords },
    ]);
    assert.equal(withoutLine(crontab, 'upload-out'), others);
    assert.equal(withoutLine(crontab, 'upload'), crontab);
    assert.equal(withLine('without an end', 'x'), 'without an end\nx\n');
  });
});
