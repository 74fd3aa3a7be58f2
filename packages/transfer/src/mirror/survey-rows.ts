/** Rows in a database of SQLite's own that nobody else reads and that is gone when it is closed. */
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';

type Row = Record<string, SQLOutputValue>;

/** By place, or by name. */
type Values = SQLInputValue[] | [Record<string, SQLInputValue>];

/** Rows that are taken at once, so that others can be written while they are worked on. */
const PAGE = 256;

export class SurveyRows implements Disposable {
  readonly #database = new DatabaseSync('');
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();

  /** @param tables the statements that make them */
  constructor(tables: string) {
    this.#database.exec(tables);
    // Nobody else reads it, and it ends with the run: it is one transaction, which costs least.
    this.#database.exec('BEGIN');
  }

  run(sql: string, ...values: Values): void {
    this.#prepared(sql).run(...(values as SQLInputValue[]));
  }

  get(sql: string, ...values: Values): Row | undefined {
    return this.#prepared(sql).get(...(values as SQLInputValue[]));
  }

  all(sql: string, ...values: Values): Row[] {
    return this.#prepared(sql).all(...(values as SQLInputValue[]));
  }

  /** @param sql gives one number, called `n` */
  count(sql: string): number {
    return Number(this.get(sql)?.n ?? 0);
  }

  /**
   * Rows behind `first`, by the `id` that the statement gives them, page by page.
   * @param sql takes `before`, then the last id and how many rows
   */
  *pages(
    sql: string,
    first: number | string,
    ...before: SQLInputValue[]
  ): Generator<Row, void, void> {
    for (let last: SQLOutputValue = first; ; ) {
      const rows: Row[] = this.all(sql, ...before, last, PAGE);
      for (const row of rows) {
        last = row.id ?? null;
        yield row;
      }
      if (rows.length < PAGE) return;
    }
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #prepared(sql: string): ReturnType<DatabaseSync['prepare']> {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }
}
