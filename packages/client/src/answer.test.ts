import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Address } from './address.ts';
import { decodeAnswer, refusal, retryAfterMs } from './answer.ts';
import type { BoxRequest } from './request.ts';

const request: BoxRequest = { method: 'POST', path: '/folders' };
const address: Address = {
  origin: 'https://api.box.com',
  path: '/2.0/folders',
  shown: '/folders',
  host: 'api',
};
const nowMs = Date.UTC(2030, 0, 1, 12, 0, 0);

suite('Retry-After', () => {
  const table: [name: string, headers: Record<string, string>, expected: number | undefined][] = [
    ['absent', {}, undefined],
    ['seconds', { 'retry-after': '7' }, 7000],
    ['no seconds', { 'retry-after': '0' }, 0],
    ['a date', { 'retry-after': 'Tue, 01 Jan 2030 12:00:30 GMT' }, 30_000],
    ['a date that has passed', { 'retry-after': 'Tue, 01 Jan 2030 11:00:00 GMT' }, 0],
    [
      'a date, by a server whose clock is an hour behind ours',
      { 'retry-after': 'Tue, 01 Jan 2030 11:00:30 GMT', date: 'Tue, 01 Jan 2030 11:00:00 GMT' },
      30_000,
    ],
    ['nonsense', { 'retry-after': 'soon' }, undefined],
  ];
  for (const [name, headers, expected] of table) {
    test(name, () => assert.equal(retryAfterMs(headers, nowMs), expected));
  }
});

suite('a refusal', () => {
  const of = (status: number, body: string, headers: Record<string, string> = {}) =>
    refusal({ status, headers }, body, request, address, nowMs);

  test('holds what Box said', () => {
    const error = of(
      409,
      '{"type":"error","status":409,"code":"item_name_in_use","message":"Item with the same name already exists",' +
        '"request_id":"abc","context_info":{"conflicts":[{"type":"folder","id":"7","name":"a"}]}}',
      { date: 'Tue, 01 Jan 2030 12:00:00 GMT' },
    );
    assert.equal(error.code, 'item_name_in_use');
    assert.equal(error.recovery, 'skip');
    assert.equal(error.requestId, 'abc');
    assert.equal(error.serverTimeMs, nowMs);
    assert.deepEqual(error.conflict, { type: 'folder', id: '7', name: 'a' });
    assert.equal(
      error.message,
      'Box refused POST /folders with 409: Item with the same name already exists (item_name_in_use)',
    );
  });

  test('finds the conflict in an object as in an array', () => {
    const error = of(409, '{"code":"x","context_info":{"conflicts":{"type":"file","id":"8"}}}');
    assert.deepEqual(error.conflict, { type: 'file', id: '8' });
  });

  test('names what is bad about a bad request', () => {
    const error = of(
      400,
      '{"code":"bad_request","message":"Bad Request","context_info":{"errors":[{"reason":"missing_parameter",' +
        '"name":"parent","message":"\'parent\' is required"}]}}',
    );
    assert.match(error.message, /Bad Request \(bad_request\): 'parent' is required$/);
  });

  test('with an empty body is read from WWW-Authenticate', () => {
    const error = of(403, '', {
      'www-authenticate':
        'Bearer realm="Service", error="insufficient_scope", error_description="The request requires more."',
      'box-request-id': 'xyz',
    });
    assert.equal(error.code, 'insufficient_scope');
    assert.equal(error.boxMessage, 'The request requires more.');
    assert.equal(error.requestId, 'xyz');
  });

  test('of the token endpoint has OAuth’s error and description', () => {
    const error = of(
      400,
      '{"error":"invalid_grant","error_description":"Refresh token has expired"}',
    );
    assert.equal(error.boxCode, 'invalid_grant');
    assert.equal(error.boxMessage, 'Refresh token has expired');
  });

  test('that is a proxy’s page is known by its status alone', () => {
    const error = of(502, '<html>Bad Gateway</html>');
    assert.equal(error.code, 'http_502');
    assert.equal(error.recovery, 'retry');
    assert.equal(error.message, 'Box refused POST /folders with 502');
  });

  test('by a download host is worth another try with a new URL', () => {
    const download: Address = { ...address, host: 'download' };
    const error = refusal({ status: 404, headers: {} }, '', request, download, nowMs);
    assert.equal(error.recovery, 'retry');
  });

  test('with 401 ends all, but where an address was shown and no token', () => {
    const zip = 'https://dl.boxcloud.com/2.0/zip_downloads/1/content';
    const recovery = (asked: BoxRequest) =>
      refusal({ status: 401, headers: {} }, '', asked, address, nowMs).recovery;
    assert.equal(recovery(request), 'stop');
    assert.equal(recovery({ method: 'GET', path: zip, isAnonymous: true }), 'restart');
    assert.equal(recovery({ method: 'GET', path: zip }), 'stop');
    assert.equal(recovery({ ...request, host: 'oauth', isAnonymous: true }), 'stop');
  });
});

test('an answer that is not JSON is none of Box’s', () => {
  assert.throws(() => decodeAnswer('<html>Welcome to the hotel</html>', request, address), {
    code: 'unexpected_answer',
  });
  assert.equal(decodeAnswer('', request, address), undefined);
  assert.deepEqual(decodeAnswer('{"size":1.23e+3}', request, address), { size: 1230 });
});
