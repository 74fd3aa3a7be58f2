import { createRequire } from 'node:module';

type Age = typeof import('age-encryption');

const require = createRequire(import.meta.url);
let age: Age | undefined;

/**
 * The library age-encryption, loaded for the first key or header: it takes a tenth of a second, of which whoever seals
 * nothing is to be spared, and of which a command that starts every five minutes would have half its start.
 */
export function loadAge(): Age {
  age ??= require('age-encryption') as Age;
  return age;
}
