export interface FilterRules {
  /** `.zip`, `zip` and `.ZIP` are the same. */
  extensions?: readonly string[];
  include?: readonly string[];
  exclude?: readonly string[];
}
/** Which files take part in a transfer. Made by `filterOf`. */
export interface Filter {
  /** Whether the file at this path (below the job's root, `/` between names) takes part. */
  takesFile(path: string): boolean;
  /** Whether anything below the folder at this path can take part. */
  entersFolder(path: string): boolean;
  /** Whether only chosen files take part: folders in which none was found are then not made. */
  readonly selective: boolean;
}
export function filterOf(_rules: FilterRules): Filter {
  throw new Error('being written');
}
