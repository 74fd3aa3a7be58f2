import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { hastyClock } from '../testing/hasty-clock.ts';
import { AccessToken } from './authenticator.ts';
import { type FetchToken, TokenCache } from './token-cache.ts';

/** A cache whose tokens are called 1, 2, 3 and live as long as is said; each fetch waits to be let go. */
function counting({ lifeMs = 3_600_000, hold = false } = {}) {
  const clock = hastyClock();
  const replaced: (string | undefined)[] = [];
  const gate = Promise.withResolvers<void>();
  let signal: AbortSignal | undefined;
  const fetchToken: FetchToken = async (context) => {
    replaced.push(context.replaced);
    signal = context.signal;
    if (hold) {
      const given = Promise.withResolvers<never>();
      context.signal.addEventListener('abort', () => given.reject(context.signal.reason));
      await Promise.race([gate.promise, given.promise]);
    }
    return new AccessToken(String(replaced.length), clock.now() + lifeMs);
  };
  const cache = new TokenCache(fetchToken, () => clock);
  return { cache, clock, replaced, release: gate.resolve, signal: () => signal };
}

suite('the token cache', () => {
  test('fetches once for a hundred who ask at once', async () => {
    const { cache, replaced, release } = counting({ hold: true });
    const asked = Array.from({ length: 100 }, () => cache.token());
    release();
    const values = (await Promise.all(asked)).map((token) => token.value);
    assert.deepEqual(new Set(values), new Set(['1']));
    assert.deepEqual(replaced, [undefined]);
  });

  test('renews a minute before a token expires', async () => {
    const { cache, clock } = counting({ lifeMs: 3_600_000 });
    assert.equal((await cache.token()).value, '1');
    clock.advance(3_539_000);
    assert.equal((await cache.token()).value, '1');
    clock.advance(2_000);
    assert.equal((await cache.token()).value, '2');
  });

  test('uses a token of a short life for most of it', async () => {
    const { cache, clock } = counting({ lifeMs: 10_000 });
    await cache.token();
    clock.advance(7_900);
    assert.equal((await cache.token()).value, '1');
    clock.advance(200);
    assert.equal((await cache.token()).value, '2');
  });

  test('replaces a refused token once, however many were refused', async () => {
    const { cache, replaced } = counting();
    const old = (await cache.token()).value;
    for (let index = 0; index < 100; index++) cache.refused(old);
    const values = await Promise.all(Array.from({ length: 100 }, () => cache.token()));
    assert.ok(values.every((token) => token.value === '2'));
    assert.deepEqual(replaced, [undefined, '1']);
  });

  test('is not moved by a late refusal of a token that it has replaced already', async () => {
    const { cache } = counting();
    cache.refused((await cache.token()).value);
    assert.equal((await cache.token()).value, '2');
    cache.refused('1');
    assert.equal((await cache.token()).value, '2');
  });

  test('lets one who waits go away without ending the renewal for the others', async () => {
    const { cache, release, signal } = counting({ hold: true });
    const controller = new AbortController();
    const impatient = cache.token(controller.signal);
    const patient = cache.token();
    controller.abort(new Error('gone'));
    await assert.rejects(impatient, /gone/);
    assert.equal(signal()?.aborted, false);
    release();
    assert.equal((await patient).value, '1');
  });

  test('gives up a renewal that nobody waits for, and begins a new one for whoever comes then', async () => {
    const { cache, release, signal, replaced } = counting({ hold: true });
    const controller = new AbortController();
    const impatient = cache.token(controller.signal);
    controller.abort(new Error('gone'));
    const late = cache.token();
    await assert.rejects(impatient, /gone/);
    release();
    assert.equal((await late).value, '2');
    assert.equal(signal()?.aborted, false);
    assert.equal(replaced.length, 2);
  });

  test('tries again after a renewal that failed', async () => {
    let count = 0;
    const fetchToken: FetchToken = async () => {
      if (count++ === 0) throw new Error('no network');
      return new AccessToken('1');
    };
    const cache = new TokenCache(fetchToken, () => hastyClock());
    await assert.rejects(cache.token(), /no network/);
    assert.equal((await cache.token()).value, '1');
  });
});
