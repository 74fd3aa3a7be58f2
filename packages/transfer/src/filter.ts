import picomatch from 'picomatch';

/** What people write to choose files. A file has to pass all three; an `exclude` beats an `include`. */
export interface FilterRules {
  /** Endings of names, without regard to case: `.zip`, `zip` and `*.ZIP` are the same. Empty: all. */
  extensions?: readonly string[];
  /** Globs; a file takes part if one matches it or a folder it lies in. Empty: all. */
  include?: readonly string[];
  /** Globs; a file takes no part if one matches it or a folder it lies in. */
  exclude?: readonly string[];
}

/** Which files take part in a transfer. Made by `filterOf`. */
export interface Filter {
  /** Whether the file at this path (below the job's root, `/` between names) takes part. */
  takesFile(path: string): boolean;
  /** Whether anything below the folder at this path can take part. */
  entersFolder(path: string): boolean;
  /**
   * Whether files were chosen (`extensions`, `include`): a folder is then made only when a file in it
   * takes part. Otherwise empty folders are made as well.
   */
  readonly selective: boolean;
}

/**
 * A filter from what people write. Globs are those of picomatch (`*`, `**`, `?`, `[a-z]`, `{a,b}`) and
 * see hidden names too. One that begins with `/` starts at the job's root; any other may start at any
 * folder, so that `*.tmp`, `raw/*.cr2` and `node_modules` mean what they mean in a `.gitignore`.
 *
 * @example
 * ```ts
 * import { filterOf, upload } from '@boxhaul/transfer';
 *
 * const filter = filterOf({ extensions: ['txt', 'pdf'], exclude: ['drafts'] });
 * console.log(filter.takesFile('2026/drafts/plan.txt')); // false
 * await upload({ client, sources: ['.'], folderId, mode: 'upload', filter });
 * ```
 */
export function filterOf(rules: FilterRules): Filter {
  const endings = (rules.extensions ?? []).map(endingOf).filter((ending) => ending !== '.');
  const includes = matcherOf(rules.include ?? []);
  const excludes = matcherOf(rules.exclude ?? []);
  const selective = endings.length > 0 || includes !== undefined;
  return {
    selective,
    takesFile(path) {
      if (excludes?.(path)) return false;
      if (includes && !includes(path)) return false;
      const lowerCasePath = path.toLowerCase();
      return endings.length === 0 || endings.some((ending) => lowerCasePath.endsWith(ending));
    },
    entersFolder: (path) => !excludes?.(path),
  };
}

/** What passes the filter and is among these paths, or below one of them. */
export function onlyPaths(filter: Filter, paths: readonly string[]): Filter {
  const chosen = new Set(paths);
  const above = new Set(paths.flatMap(foldersOf));
  const isChosen = (path: string) =>
    chosen.has(path) || foldersOf(path).some((folder) => chosen.has(folder));
  return {
    selective: true,
    takesFile: (path) => isChosen(path) && filter.takesFile(path),
    entersFolder: (path) => (above.has(path) || isChosen(path)) && filter.entersFolder(path),
  };
}

/** All folders that a path lies in: `a` and `a/b` of `a/b/c`. */
function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/** Every file takes part. */
export const everything: Filter = filterOf({});

function endingOf(extension: string): string {
  return `.${extension.trim().replace(/^\*/, '').replace(/^\./, '').toLowerCase()}`;
}

function matcherOf(globs: readonly string[]): ((path: string) => boolean) | undefined {
  const patterns = globs.filter((glob) => glob !== '').flatMap(patternsOf);
  return patterns.length === 0 ? undefined : picomatch(patterns, { dot: true });
}

/** A glob that names a folder means all that is in it as well. */
function patternsOf(glob: string): string[] {
  const anchored = glob.startsWith('/') ? glob.slice(1) : `**/${glob.replace(/^\.\//, '')}`;
  const folder = anchored.replace(/\/$/, '');
  return anchored.endsWith('/') ? [`${folder}/**`] : [folder, `${folder}/**`];
}
