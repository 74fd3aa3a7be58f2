import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InputError } from './errors.ts';
import { parseReference, type Reference } from './reference.ts';

const understood: readonly (readonly [string, Reference])[] = [
  ['123', { kind: 'id', id: '123' }],
  [' 0 ', { kind: 'id', id: '0' }],
  ['https://acme.box.com/folder/123', { kind: 'folder', id: '123' }],
  ['https://app.box.com/folder/123?s=x', { kind: 'folder', id: '123' }],
  ['https://app.box.com/folder/0/', { kind: 'folder', id: '0' }],
  ['https://acme.app.box.com/file/9#page=2', { kind: 'file', id: '9' }],
  ['https://app.box.com/notes/77', { kind: 'file', id: '77' }],
  ['https://app.box.com/web_link/5', { kind: 'web_link', id: '5' }],
  ['acme.box.com/folder/123', { kind: 'folder', id: '123' }],
  ['HTTPS://App.Box.Com/folder/123', { kind: 'folder', id: '123' }],
  ['http://127.0.0.1:4010/folder/1', { kind: 'folder', id: '1' }],
  ['https://app.box.com/s/abc123', { kind: 'shared_link', url: 'https://app.box.com/s/abc123' }],
  ['https://acme.box.com/v/budget', { kind: 'shared_link', url: 'https://acme.box.com/v/budget' }],
  [
    'https://app.box.com/s/abc123/file/9',
    { kind: 'file', id: '9', sharedLink: 'https://app.box.com/s/abc123' },
  ],
  ['/', { kind: 'path', path: '/' }],
  ['/Team/Reports', { kind: 'path', path: '/Team/Reports' }],
  ['//Team///Reports/', { kind: 'path', path: '/Team/Reports' }],
  ['/Team/ kept spaces', { kind: 'path', path: '/Team/ kept spaces' }],
];

for (const [text, reference] of understood) {
  test(`${JSON.stringify(text)} is understood`, () => {
    assert.deepEqual(parseReference(text), reference);
  });
}

const refused: readonly (readonly [string, RegExp])[] = [
  [
    'https://acme.box.com/folder/backups',
    /"https:\/\/acme.box.com\/folder\/backups" has no folder id in it \(backups is not a number\)\n→ .*\/backups$/,
  ],
  ['https://acme.box.com/folder/', /no folder id in it/],
  ['https://acme.box.com/file/a%20b%', /\(a b% is not a number\)/],
  ['https://acme.box.com/', /points at no folder, file or shared link/],
  ['https://acme.box.com/constructor/1', /points at no folder/],
  ['https://acme.box.com/s/', /points at no folder/],
  ['https://example.com/folder/1', /not an address in Box \(its host is example.com\)/],
  ['https://evilbox.com/folder/1', /not an address in Box/],
  ['https://box.com.example.com/folder/1', /not an address in Box/],
  ['Backups', /no address in Box, no id and no path\n→ .*: \/Backups$/],
  ['/Team/../Secret', /"\.\."/],
  ['  ', /is empty/],
];

for (const [text, message] of refused) {
  test(`${JSON.stringify(text)} is refused in words`, () => {
    assert.throws(() => parseReference(text), { name: 'InputError', message });
  });
}

test('any text is a reference or an InputError', () => {
  const likely = fc.constantFrom(
    'https://',
    'app.box.com',
    '/',
    'folder',
    's',
    '12',
    '%',
    '?',
    ' ',
    '..',
    ':',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(likely).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      try {
        const reference = parseReference(text);
        if ('id' in reference) assert.match(reference.id, /^\d+$/);
        if (reference.kind === 'path') assert.deepEqual(parseReference(reference.path), reference);
      } catch (error) {
        assert.ok(error instanceof InputError, String(error));
      }
    }),
  );
});
