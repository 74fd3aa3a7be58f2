/** What callers say about sealing. */
import type { Identities, Recipients } from '@boxhaul/seal';

/**
 * How files are sealed on their way into Box: compressed (`.zst`) where that pays, then encrypted (`.age`). What the
 * programs `zstd` and `age` make of them is what was sent. Nothing here is about what is in Box already, which stays as it is.
 */
export interface SealOptions {
  /** @default false */
  readonly compress?: boolean;
  /** Who can open them; without recipients nothing is encrypted. */
  readonly recipients?: Recipients;
  /**
   * Encrypts the names of files and folders as well, with a key that lies sealed in the target. Takes recipients.
   * @default false
   */
  readonly encryptNames?: boolean;
  /** What opens the key of names, where this machine never had it. */
  readonly identities?: Identities;
  /**
   * Where large files wait, sealed, while they are sent: a folder for the owner only, made if it is not there.
   * @default one beside the state, or the system's for temporary files
   */
  readonly directory?: string;
}

/** How sealed files are opened on their way from Box; what cannot be opened so comes as it is. */
export interface OpenOptions {
  /** Opens what is encrypted, names as well, and what is compressed within. */
  readonly identities?: Identities;
  /** Opens what is only compressed. @default false */
  readonly decompress?: boolean;
}
