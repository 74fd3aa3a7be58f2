import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readAddress, type SourceAddress } from './address.ts';
import { SourceError } from './source-error.ts';

const READ: readonly (readonly [string, SourceAddress])[] = [
  ['photos', { kind: 'disk', path: 'photos' }],
  ['./export.csv/', { kind: 'disk', path: './export.csv/' }],
  ['lists/all.csv', { kind: 'manifest', path: 'lists/all.csv', format: 'csv' }],
  ['ALL.JSONL', { kind: 'manifest', path: 'ALL.JSONL', format: 'jsonl' }],
  ['a.ndjson', { kind: 'manifest', path: 'a.ndjson', format: 'jsonl' }],
  ['C:\\photos', { kind: 'disk', path: 'C:\\photos' }],
  ['sftp://files/a', { kind: 'sftp', host: 'files', path: '/a' }],
  [
    'sftp://a%40b@files.example.com:2222/x/100%25 ü?#/',
    { kind: 'sftp', host: 'files.example.com', port: 2222, user: 'a@b', path: '/x/100% ü?#/' },
  ],
  ['SFTP://u@[::1]:22/', { kind: 'sftp', host: '::1', port: 22, user: 'u', path: '/' }],
  ['sftp://h', { kind: 'sftp', host: 'h', path: './' }],
  ['sftp://h/~/in/', { kind: 'sftp', host: 'h', path: './in/' }],
  ['s3://bucket', { kind: 's3', bucket: 'bucket', prefix: '' }],
  ['s3://bucket/', { kind: 's3', bucket: 'bucket', prefix: '' }],
  ['s3://b/a%20b/c d?', { kind: 's3', bucket: 'b', prefix: 'a%20b/c d?' }],
  ['davs://h/a b/', { kind: 'webdav', url: 'https://h/a%20b/' }],
  ['dav+https://u@h:8443/a', { kind: 'webdav', url: 'https://h:8443/a', user: 'u' }],
  ['sftp://h:22/a:b@c', { kind: 'sftp', host: 'h', port: 22, path: '/a:b@c' }],
  ['sftp://[::1]:22/a@b', { kind: 'sftp', host: '::1', port: 22, path: '/a@b' }],
  ['davs://h:443/a@b', { kind: 'webdav', url: 'https://h/a@b' }],
  ['dav://h/', { kind: 'webdav', url: 'http://h/' }],
  ['dav+http://h', { kind: 'webdav', url: 'http://h/' }],
];

const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['', /empty/],
  ['sftp://', /no SFTP address/],
  ['sftp://h:0/', /no SFTP address/],
  ['sftp://h:70000/', /no SFTP address/],
  ['sftp://h/100%', /%/],
  ['sftp://u:topsecret@h/', /password in the address sftp:\/\/…@h\//],
  ['davs://u:topsecret@h/', /password/],
  ['sftp://u:top/topsecret@h/', /password in the address sftp:\/\/…@h\//],
  ['dav://u:9@topsecret@h/', /password in the address dav:\/\/…@h\//],
  ['davs://u:topsecret/topsecret?@h/', /password in the address davs:\/\/…@h\//],
  ['davs://topsecret@h/?a', /"davs:\/\/…@h\/\?a" is no WebDAV/],
  ['sftp://topsecret@/', /"sftp:\/\/…@\/" is no SFTP/],
  ['s3://', /bucket/],
  ['s3://key:top/topsecret@bucket/a', /s3:\/\/…@bucket/],
  ['s3://topsecret@bucket/a', /s3:\/\/…@bucket/],
  ['davs://h/?a', /WebDAV/],
  ['https://h/a', /https/],
  ['ftp://u:topsecret@h/a', /"ftp:\/\/"/],
];

suite('addresses of sources', () => {
  for (const [text, address] of READ) {
    test(`"${text}" is read`, () => assert.deepEqual(readAddress(text), address));
  }

  for (const [text, words] of REFUSED) {
    test(`"${text}" is refused with a way out, and shows no secret`, () => {
      assert.throws(
        () => readAddress(text),
        (error: unknown) => {
          assert.ok(error instanceof SourceError);
          assert.match(error.message, words);
          assert.ok(error.ways.length > 0);
          assert.doesNotMatch(JSON.stringify([error, error.stack]), /topsecret/);
          return true;
        },
      );
    });
  }
});
