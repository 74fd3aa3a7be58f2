/**
 * Seals bytes as they come, in the formats of the programs `zstd` and `age`, and opens what those made; keys; names
 * that only some can read.
 *
 * @module seal
 */
export {
  type Form,
  formOf,
  looksCompressed,
  sealedName,
} from './form.ts';
export {
  generateKey,
  type Identities,
  identitiesFrom,
  type Key,
  KeyError,
  type KeyText,
  type Recipients,
  recipientsFrom,
  recipientsOf,
} from './keys.ts';
export { NAME_KEY_FILE, nameCipherFrom, newNameKey } from './name-key.ts';
export { LONGEST_NAME_BYTES, NameCipher } from './names.ts';
export { isWorthCompressing, PROBE_BYTES } from './probe.ts';
export { open, seal } from './seal.ts';
export { SealError, type SealErrorCode } from './seal-error.ts';
