import { createHash, randomBytes, randomUUID } from 'node:crypto';

/**
 * Where ids, tokens and secrets come from. Every emulator has one: of true chance, or of a seed, so that the same
 * calls give the same answers in every run.
 */
export interface Chance {
  bytes(count: number): Buffer;
  /** So many bytes in hexadecimal digits, two for each. */
  hex(byteCount: number): string;
  /** A UUID of version 4. */
  uuid(): string;
  /** Letters and digits that nobody guesses, four for each three of so many bytes. */
  secret(byteCount?: number): string;
  /**
   * A chance of its own, the same for the same name: what is drawn from it moves nothing else. For what is drawn at
   * moments that no caller decides.
   */
  fork(name: string): Chance;
}

/** What nobody can foresee. */
export function trueChance(): Chance {
  const chance: Chance = { ...drawing(randomBytes), uuid: randomUUID, fork: () => chance };
  return chance;
}

/** The same for the same seed, and therefore no secret from anybody who knows it. */
export function seededChance(seed: string): Chance {
  let drawn = 0;
  const bytes = (count: number) =>
    createHash('shake256', { outputLength: count }).update(`${seed}#${drawn++}`).digest();
  return { ...drawing(bytes), fork: (name) => seededChance(`${seed}/${name}`) };
}

function drawing(bytes: Chance['bytes']): Omit<Chance, 'fork'> {
  return {
    bytes,
    hex: (byteCount) => bytes(byteCount).toString('hex'),
    uuid: () => uuidOf(bytes(16)),
    secret: (byteCount = 32) => bytes(byteCount).toString('base64url').replace(/[-_]/g, 'x'),
  };
}

function uuidOf(bytes: Buffer): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
