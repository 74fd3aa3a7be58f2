/** The matrix as tests. `BOXHAUL_SEED` makes the runs of an earlier time again. */
import { randomInt } from 'node:crypto';
import { after, suite, test } from 'node:test';
import type { Column } from './columns.ts';
import { casesIn, judge } from './matrix.ts';
import { Pool } from './pool.ts';

const seed = Number(process.env.BOXHAUL_SEED ?? randomInt(2 ** 31));

export function testColumn(column: Column): void {
  suite(`${column.name} (BOXHAUL_SEED=${seed})`, { concurrency: column.lanes }, () => {
    const pool = new Pool(column, seed);
    after(() => pool[Symbol.asyncDispose]());
    for (const one of casesIn(column)) {
      const { leftOut } = one.trouble;
      test(one.name, { ...(leftOut && { skip: leftOut }) }, async () => {
        await pool.use((bench) => judge(one, bench, seed));
      });
    }
  });
}
