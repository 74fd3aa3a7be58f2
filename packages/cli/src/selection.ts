import { type Filter, filterOf } from '@boxhaul/transfer';

/** Which files take part in a transfer and how it is done, as typed. */
export interface SelectionOptions {
  readonly ext?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly force?: boolean;
  readonly dryRun?: boolean;
  /** Only what failed when the same job last ran. */
  readonly onlyFailed?: boolean;
  readonly concurrency?: number;
}

/** The transfer's filter, from --ext, --include and --exclude. */
export function selectionFilter({ ext, include, exclude }: SelectionOptions): Filter {
  return filterOf({
    ...(ext && { extensions: ext }),
    ...(include && { include }),
    ...(exclude && { exclude }),
  });
}
