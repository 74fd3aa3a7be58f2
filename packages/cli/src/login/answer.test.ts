import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CliError } from '../cli-error.ts';
import { codeFrom, codeFromPasted } from './answer.ts';

test('the code is taken only from an answer to this login', () => {
  assert.equal(codeFrom(new URLSearchParams('code=abc&state=s'), 's'), 'abc');
  assert.throws(
    () => codeFrom(new URLSearchParams('code=abc&state=other'), 's'),
    saying(/another login/),
  );
  assert.throws(() => codeFrom(new URLSearchParams('code=abc'), 's'), saying(/another login/));
  assert.throws(() => codeFrom(new URLSearchParams('state=s'), 's'), saying(/neither a code/));
});

test('a refusal is told in words, and only if it answers this login', () => {
  const denied = 'error=access_denied&error_description=no&state=s';
  assert.throws(() => codeFrom(new URLSearchParams(denied), 's'), saying(/access was denied/));
  assert.throws(() => codeFrom(new URLSearchParams(denied), 't'), saying(/another login/));
  const mismatch = 'error=redirect_uri_mismatch&error_description=Wrong%20URI&state=s';
  assert.throws(
    () => codeFrom(new URLSearchParams(mismatch), 's'),
    (error: unknown) => {
      assert.ok(error instanceof CliError);
      assert.match(error.message, /Wrong URI/);
      assert.match(error.ways.join(), /--redirect-uri/);
      return true;
    },
  );
});

test('a person may paste the address or the code', () => {
  assert.equal(codeFromPasted('http://127.0.0.1/callback?state=s&code=a%2Fb', 's'), 'a/b');
  assert.equal(codeFromPasted('Yk3fF7Zw1q', 's'), 'Yk3fF7Zw1q');
  assert.throws(
    () => codeFromPasted('http://127.0.0.1/?code=a&state=t', 's'),
    saying(/another login/),
  );
  assert.throws(() => codeFromPasted('no idea', 's'), saying(/neither an address nor a code/));
  assert.throws(() => codeFromPasted('', 's'), saying(/neither an address nor a code/));
});

function saying(pattern: RegExp): (error: unknown) => boolean {
  return (error) =>
    error instanceof CliError && error.exitCode === 3 && pattern.test(error.message);
}
