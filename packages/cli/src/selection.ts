import { type Filter, filterOf, type MaxDelete } from '@boxhaul/transfer';

/** Which files take part in a transfer and how it is done, as typed. */
export interface SelectionOptions {
  readonly ext?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly force?: boolean;
  readonly dryRun?: boolean;
  /** Only what failed when the same job last ran. */
  readonly onlyFailed?: boolean;
  /** What the source does not have goes to the trash. */
  readonly deleteExtra?: boolean;
  readonly maxDelete?: MaxDelete;
  readonly concurrency?: number;
  /** Who shares the work: ids or logins of users. */
  readonly asUsers?: readonly string[];
}

/** The transfer's filter, from --ext, --include and --exclude. */
export function selectionFilter({ ext, include, exclude }: SelectionOptions): Filter {
  return filterOf({
    ...(ext && { extensions: ext }),
    ...(include && { include }),
    ...(exclude && { exclude }),
  });
}
