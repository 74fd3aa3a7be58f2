/** Why a file was skipped or failed. The code is stable, for programs; the words are for people. */
export interface Reason {
  code: ReasonCode;
  words: string;
}

export type ReasonCode =
  // skipped
  | 'same'
  | 'exists'
  | 'symlink'
  | 'special-file'
  | 'web-link'
  | 'unfinished'
  | 'dry-run'
  // failed
  | 'name-refused'
  | 'name-collision'
  | 'in-the-way'
  | 'changed-while-read'
  | 'changed-on-box'
  | 'wrong-contents'
  | 'truncated'
  | 'not-found'
  | 'no-permission'
  | 'disk-full'
  | 'local-error'
  | 'box-error'
  | 'connection'
  | 'interrupted'
  | 'unexpected';

export function reason(code: ReasonCode, words: string): Reason {
  return { code, words };
}
