import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { fileStore, memoryStore, type OAuthTokens, type TokenStore } from './token-store.ts';

const tokens: OAuthTokens = { accessToken: 'access', refreshToken: 'refresh', expiresAtMs: 123 };

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'boxhaul-store-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

const stores: [name: string, make: (t: TestContext) => Promise<TokenStore>][] = [
  ['memory', async () => memoryStore()],
  ['file', async (t) => fileStore(join(await temporaryFolder(t), 'deep', 'tokens.json'))],
];

for (const [name, make] of stores) {
  suite(`the ${name} store`, () => {
    test('gives back what was written, and nothing before and after', async (t) => {
      const store = await make(t);
      assert.equal(await store.read(), undefined);
      await store.write(tokens);
      assert.deepEqual(await store.read(), tokens);
      await store.clear();
      assert.equal(await store.read(), undefined);
      await store.clear();
    });

    test('lets one at a time hold its lock', async (t) => {
      const store = await make(t);
      let inside = 0;
      let most = 0;
      const work = async () => {
        most = Math.max(most, ++inside);
        await new Promise(setImmediate);
        inside--;
      };
      await Promise.all(Array.from({ length: 10 }, () => store.withLock(work)));
      assert.equal(most, 1);
    });

    test('frees its lock when the work fails, and gives its error', async (t) => {
      const store = await make(t);
      const failing = store.withLock(async () => {
        throw new Error('no');
      });
      await assert.rejects(failing, /^Error: no$/);
      assert.equal(await store.withLock(async () => 'next'), 'next');
    });

    test('gives up waiting for its lock when the signal fires', async (t) => {
      const store = await make(t);
      const gate = Promise.withResolvers<void>();
      const holding = store.withLock(() => gate.promise);
      const controller = new AbortController();
      const waiting = store.withLock(async () => assert.fail('not its turn'), controller.signal);
      setImmediate(() => controller.abort(new Error('gone')));
      await assert.rejects(waiting, /gone/);
      gate.resolve();
      await holding;
      assert.equal(await store.withLock(async () => 'next'), 'next');
    });
  });
}

suite('the file store', () => {
  test('is for its owner only, and leaves nothing beside it but its lock', async (t) => {
    const folder = await temporaryFolder(t);
    const path = join(folder, 'tokens.json');
    const store = fileStore(path);
    await store.withLock(() => store.write(tokens));
    await store.withLock(() => store.write({ ...tokens, accessToken: 'second' }));
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.deepEqual((await readdir(folder)).sort(), ['tokens.json', 'tokens.json.lock']);
    assert.equal((await store.read())?.accessToken, 'second');
  });

  test('is always whole for whoever reads while another writes', async (t) => {
    const store = fileStore(join(await temporaryFolder(t), 'tokens.json'));
    await store.write(tokens);
    let isWriting = true;
    const writing = (async () => {
      for (let index = 0; index < 50; index++) {
        await store.write({ ...tokens, accessToken: 'x'.repeat(1 + index * 200) });
      }
      isWriting = false;
    })();
    while (isWriting) assert.ok(await store.read());
    await writing;
  });

  for (const text of ['', '{"accessToken":"SECRET', '{"accessToken":"SECRET"}']) {
    test(`that holds ${JSON.stringify(text)} says so, without repeating it`, async (t) => {
      const path = join(await temporaryFolder(t), 'tokens.json');
      await writeFile(path, text);
      await assert.rejects(fileStore(path).read(), (error: Error) => {
        assert.match(error.message, /tokens\.json does not hold a login/);
        assert.doesNotMatch(`${error.stack}${JSON.stringify(error)}`, /SECRET/);
        return true;
      });
    });
  }

  test('is freed by the kernel when the process that holds its lock is killed', async (t) => {
    const path = join(await temporaryFolder(t), 'tokens.json');
    const holder = fork(new URL('../testing/hold-lock.ts', import.meta.url), [path]);
    await once(holder, 'message');
    const store = fileStore(path);
    const waiting = store.withLock(async () => 'mine');
    const early = await Promise.race([waiting, new Promise((resolve) => setImmediate(resolve))]);
    assert.equal(early, undefined);
    holder.kill('SIGKILL');
    assert.equal(await waiting, 'mine');
  });
});

test('nothing of a login is shown by looking at its store', () => {
  const shown = inspect(memoryStore({ ...tokens, accessToken: 'SECRET' }), {
    depth: 9,
    showHidden: true,
  });
  assert.doesNotMatch(shown, /SECRET/);
});
