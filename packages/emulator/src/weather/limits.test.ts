import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { movableClock } from '../clock.ts';
import { boxCalls } from '../testing/box-calls.ts';
import { callLimiter } from './limits.ts';

test('no minute has more calls of a user than are allowed, and waiting as told is enough', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 60 }),
      (callsPerMinute, pauses) => {
        const clock = movableClock({ now: () => 0 });
        const limiter = callLimiter({ callsPerMinute, uploadsPerMinute: 1000 }, clock);
        const taken: number[] = [];
        for (const pause of pauses) {
          clock.advance(pause);
          let waitSeconds = limiter.take('u', false);
          if (waitSeconds > 0) {
            clock.advance(waitSeconds * 1000);
            waitSeconds = limiter.take('u', false);
          }
          assert.equal(waitSeconds, 0);
          taken.push(clock.now());
          const inMinute = taken.filter((time) => time > clock.now() - 60_000);
          assert.ok(inMinute.length <= callsPerMinute);
        }
      },
    ),
  );
});

test('a user’s calls beyond the limit are answered 429 until the minute is over', async (t) => {
  const box = await boxCalls(t, { limits: { callsPerMinute: 5, uploadsPerMinute: 2 } });
  const { emulator } = box;
  const attributes = (name: string) => ({ name, parent: { id: '0' } });
  const upload = (name: string) => box.upload('/files/content', attributes(name), name);
  assert.equal((await upload('a')).status, 201);
  assert.equal((await upload('b')).status, 201);
  assert.equal((await upload('c')).status, 429);
  for (const status of [200, 200, 200, 429]) {
    const answer = await box.get('/users/me');
    assert.equal(answer.status, status);
    if (status !== 429) continue;
    assert.equal(answer.json.code, 'rate_limit_exceeded');
    assert.match(String(answer.headers['retry-after']), /^\d+$/);
  }
  const other = emulator.issueToken({ userId: emulator.serviceAccountUserId });
  assert.equal((await box.get('/users/me', { token: other })).status, 200);
  emulator.clock.advance(61_000);
  assert.equal((await box.get('/users/me')).status, 200);
});
