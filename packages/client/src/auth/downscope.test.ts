import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BoxClient } from '../client.ts';
import { hastyClock } from '../testing/hasty-clock.ts';
import { openBox, type TestBox } from '../testing/open-box.ts';
import { appAuth } from './app-auth.ts';
import { developerToken } from './developer-token.ts';
import type { Downscope } from './downscope.ts';

/** A client with a lesser token. */
async function lesser(box: TestBox, wish: Downscope): Promise<BoxClient> {
  const { accessToken } = await box.client.downscope(wish);
  return new BoxClient({ auth: developerToken(accessToken.value), baseUrl: box.emulator.url });
}

suite('a downscoped token', () => {
  test('reaches one folder and what is below it, and does what its scopes say', async () => {
    await using box = await openBox();
    const made = await box.emulator.seed({ '/in/a.txt': 'a', '/out/b.txt': 'b' });
    const idOf = (path: string) => made[path]?.id ?? '';
    const item = { type: 'folder', id: idOf('/in') } as const;
    const scopes = ['item_preview', 'item_rename'] as const;
    const { accessToken, restrictedTo } = await box.client.downscope({ scopes, item });
    assert.deepEqual(
      restrictedTo.map(({ scope, object }) => [scope, object?.id]),
      [
        ['item_preview', item.id],
        ['item_rename', item.id],
      ],
    );
    assert.ok(accessToken.expiresAtMs);
    const guest = await lesser(box, { scopes, item });
    assert.equal((await guest.files.rename(idOf('/in/a.txt'), 'c.txt')).name, 'c.txt');
    await assert.rejects(guest.files.delete(idOf('/in/a.txt')), { status: 403 });
    await assert.rejects(guest.files.get(idOf('/out/b.txt')), (error: { status?: number }) =>
      [403, 404].includes(error.status ?? 0),
    );
    await guest.close();
  });

  test('is for what a shared link opens', async () => {
    await using box = await openBox();
    const { '/a.txt': file } = await box.emulator.seed({ '/a.txt': 'a' });
    const item = { type: 'file', id: file?.id ?? '' } as const;
    const { url } = await box.client.sharedLinks.set(item, { access: 'open' });
    const guest = await lesser(box, { scopes: ['item_preview'], sharedLink: url });
    assert.equal((await guest.files.get(item.id)).name, 'a.txt');
    await guest.close();
  });

  test('may be for somebody without an account', async () => {
    await using box = await openBox({ client: { clock: hastyClock(Date.now()) } });
    const externalUser = { clientId: box.emulator.app.clientID, id: 'customer-7', name: 'Ann' };
    const scopes = ['annotation_edit', 'item_preview'] as const;
    const { accessToken } = await box.client.downscope({ scopes, externalUser });
    assert.match(accessToken.value, /^1!/);
    const stranger = { ...externalUser, clientId: 'another-app' };
    await assert.rejects(box.client.downscope({ scopes, externalUser: stranger }), {
      code: 'invalid_grant',
    });
  });

  test('is made from a token that Box still takes', async () => {
    const clock = hastyClock(Date.now());
    await using box = await openBox({ emulator: {}, client: {} });
    const auth = appAuth(await box.emulator.appConfig());
    const client = new BoxClient({ auth, baseUrl: box.emulator.url, clock });
    await client.users.me();
    box.emulator.expireTokens();
    const { accessToken } = await client.downscope({ scopes: ['root_readwrite'] });
    assert.ok(accessToken.value);
    await client.close();
    await assert.rejects(client.downscope({ scopes: ['root_readwrite'] }));
  });

  test('that cannot be is refused, in words without secrets', async () => {
    await using box = await openBox();
    const { client } = box;
    await assert.rejects(client.downscope({ scopes: ['everything'] }), {
      name: 'BoxAuthError',
      code: 'invalid_scope',
      recovery: 'stop',
    });
    const gone = { type: 'file', id: '1' } as const;
    await assert.rejects(client.downscope({ scopes: ['item_preview'], item: gone }), {
      code: 'invalid_resource',
    });
    const sharedLink = 'https://app.box.com/s/no-such-link';
    await assert.rejects(client.downscope({ scopes: ['item_preview'], sharedLink }), (error) => {
      assert.ok(error instanceof Error);
      assert.doesNotMatch(JSON.stringify(error) + String(error.stack), /no-such-link/);
      return true;
    });
    await assert.rejects(client.downscope({ scopes: [] }), { name: 'InputError' });
    await assert.rejects(client.downscope({ scopes: ['item_preview'], sharedLink, item: gone }), {
      name: 'InputError',
    });
  });

  test('is never made in the name of another than the user it would be of', async () => {
    await using box = await openBox();
    const { id } = await box.client.users.create({ name: 'Ann' });
    const ann = box.client.asUser(id).withSharedLink('https://app.box.com/s/x');
    await assert.rejects(ann.downscope({ scopes: ['item_preview'] }), {
      name: 'InputError',
      message: /userId/,
    });
  });
});
