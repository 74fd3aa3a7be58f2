import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BoxConnectionError } from './errors.ts';
import { failureOf } from './failure.ts';

const address = { origin: 'https://api.box.com', path: '/2.0/', shown: '/', host: 'api' } as const;

test('TLS that breaks off in the middle is a broken connection, which is mended', () => {
  const thrown = Object.assign(new Error('404D:error:0A000119:SSL routines::bad record mac:x.c'), {
    code: 'ERR_SSL_SSL/TLS_ALERT_BAD_RECORD_MAC',
    library: 'SSL routines',
    reason: 'ssl/tls alert bad record mac',
  });
  const failure = failureOf(thrown, { method: 'GET', path: '/' }, address);
  assert.ok(failure instanceof BoxConnectionError);
  assert.deepEqual([failure.code, failure.recovery], ['connection_reset', 'retry']);
  assert.match(failure.message, /\(GET \/: TLS: ssl\/tls alert bad record mac\)$/);
});
