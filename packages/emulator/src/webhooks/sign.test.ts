import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phpJson } from './php-json.ts';
import { signatureOf } from './sign.ts';

test('the signatures that Box’s own SDKs test with', () => {
  const body =
    '{"type":"webhook_event","webhook":{"id":"1234567890"},"trigger":"FILE.UPLOADED","source":{"id":"1234567890","type":"file","name":"Test.txt"}}';
  const timestamp = '2020-01-01T00:00:00-07:00';
  assert.equal(
    signatureOf(body, timestamp, 'SamplePrimaryKey'),
    '6TfeAW3A1PASkgboxxA5yqHNKOwFyMWuEXny/FPD5hI=',
  );
  assert.equal(
    signatureOf(body, timestamp, 'SampleSecondaryKey'),
    'v+1CD1Jdo3muIcbpv5lxxgPglOqMfsNHPV899xWYydo=',
  );
});

test('JSON as PHP writes it', () => {
  const value = { path: 'a/b', name: 'é 🎉', plain: 'x"\\\n' };
  const text = phpJson(value);
  assert.equal(text, '{"path":"a\\/b","name":"\\u00e9 \\ud83c\\udf89","plain":"x\\"\\\\\\n"}');
  assert.deepEqual(JSON.parse(text), value);
});
