/**
 * The contract of commands that change things in Box: a verb declares the columns of a row, and what one row does.
 * Everything else comes of that: arguments and options, the checks of each value, rows from files, dry runs,
 * questions, events, reports, jobs that go on after a kill. A verb has no loop of its own.
 *
 * What is declared here is all that `--help` needs; what a verb does is loaded when it is asked for.
 */
import type { BoxClient, BoxUser } from '@boxhaul/client';
import type { Begun, Change, Made, NoChange } from '@boxhaul/transfer';
import type { FoundPlace } from '../places/box-places.ts';
import type { Listing } from '../places/listings.ts';
import type { RawRow } from './raw-row.ts';

interface ColumnWords {
  /** For `--help` and templates: what stands in it. */
  readonly words: string;
  /** A value that works as it stands, for the template. @default the cell is left empty */
  readonly example?: string;
  readonly isRequired?: true;
  /** The option's short form: `-r`. */
  readonly short?: string;
  /** Of a place: what alone can be worked on, so that a glob matches nothing else. @default any kind of item */
  readonly only?: 'file';
  /** What stands behind the option in `--help`: `folder` for `--to <folder>`. @default the kind of value */
  readonly placeholder?: string;
}

/** What may stand in a column; `check-cell.ts` says how each kind is written. */
interface Kinds {
  text: string;
  /** A name that Box takes. */
  name: string;
  /** A path, an id or an address, as it was written. */
  place: string;
  /** A moment. */
  time: Date;
  count: number;
  /** In milliseconds. */
  duration: number;
  flag: boolean;
  /** Values by names of the user's own: `state=signed`. */
  fields: Readonly<Record<string, string>>;
}

export type Column =
  | (ColumnWords & { readonly kind: keyof Kinds })
  | (ColumnWords & { readonly kind: 'choice'; readonly choices: readonly string[] });

/** By the names that code has for them: `canDownload` is `can-download` to people. */
export type Columns = Readonly<Record<string, Column>>;

type ValueOf<C extends Column> = C extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : C extends { readonly kind: infer Kind extends keyof Kinds }
    ? Kinds[Kind]
    : never;

/** A row that has been checked. */
export type RowOf<C extends Columns> = {
  readonly [Name in keyof C]: C[Name] extends { readonly isRequired: true }
    ? ValueOf<C[Name]>
    : ValueOf<C[Name]> | undefined;
};

/** Finds places for all rows of a run; what was listed for one is known to the others. */
export interface VerbContext {
  readonly client: BoxClient;
  readonly signal: AbortSignal;
  /** @throws CliError nothing is there, or several are */
  item(word: string): Promise<FoundPlace>;
  file(word: string): Promise<FoundPlace>;
  folder(word: string): Promise<FoundPlace>;
  /** What is in a folder, as it was when the run first looked. */
  children(folderId: string): Listing;
  /** Whose account it is; asked for once. */
  me(): Promise<BoxUser>;
  /** Where paths on this machine begin. */
  readonly cwd: string;
  /** What does not depend on the row: found out for the first that asks. */
  once<T>(key: string, find: () => Promise<T>): Promise<T>;
  /**
   * A password: the value of this environment variable, or (`-`) what a person answers.
   * @throws CliError there is none
   */
  secret(source: string): Promise<string>;
  /** @throws CliError the environment has no such variable, without asking anyone */
  assertSecret(source: string | undefined): void;
}

/** What a verb does. */
export interface Doing<Row> {
  /** What a word of the command line stands for, where that is not a place. @default globs over paths */
  expand?(
    word: string,
    context: VerbContext,
  ): AsyncIterable<Pick<RawRow, 'shown'> & { word: string }>;
  /** Looks at what a row is about and says what is to be done; it changes nothing. @throws CliError it cannot be done */
  find(row: Row, context: VerbContext): Promise<Change | NoChange>;
  /**
   * After a kill: whether a row that was begun is done. Of verbs that must not be done twice, or whose item is not
   * where it was when they are done. @default it is done again
   */
  isMade?(
    row: Row,
    begun: Begun,
    context: VerbContext,
  ): Promise<(Made & { words: string }) | undefined>;
}

/** Something wrong with a row as a whole. */
interface RowProblem {
  /** By the name in `Columns`. */
  readonly column: string;
  readonly allowed: string;
}

export interface Verb<C extends Columns = Columns> {
  /** As it is typed: `move`, `trash restore`. */
  readonly name: string;
  /** Of what is done: `moved`. */
  readonly did: string;
  readonly summary: string;
  readonly description: string;
  readonly columns: C;
  /** The column that each word fills: several words are several rows. */
  readonly each: keyof C & string;
  /** The column that the last of several words fills, where its option is not given. */
  readonly last?: keyof C & string;
  /** The column that the one word behind the first fills: such a verb takes one row of words. */
  readonly second?: keyof C & string;
  /** The flag with which a folder is taken with all below it, so that a glob need not stand for that as well. */
  readonly whole?: keyof C & string;
  readonly examples: readonly string[];
  /** Lines of help before the examples. */
  readonly notes?: string;
  /** What is wrong with a row whose values are each as they should be. */
  check?(row: RowOf<C>): RowProblem | undefined;
  /** Of a verb that destroys: what is asked before, where a person can be asked. */
  readonly destroys?: {
    /** `for-ever`: there is no way back; undefined: this row destroys nothing. */
    how(row: RowOf<C>): 'for-ever' | 'can-be-undone' | undefined;
    /** `3 items go to the trash`. */
    readonly words: (count: number) => string;
    readonly forEverWords?: (count: number) => string;
  };
  /** What `made` of its rows has, for the columns of a report. */
  readonly makes?: readonly string[];
  /** Of them, the one that is the command's answer on stdout. */
  readonly prints?: string;
  load(): Promise<Doing<RowOf<C>>>;
}

/** What of a verb tells how its rows are written. */
export type RowForm<C extends Columns = Columns> = Pick<Verb<C>, 'name' | 'columns' | 'check'> & {
  /** The command that says what they look like. @default the verb's own, with --template */
  readonly shownBy?: string;
};

/** `canDownload` → `can-download`: how options and files have it. */
export function spelled(column: string): string {
  return column.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
