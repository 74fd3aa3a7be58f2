/** A part of a WHERE clause with the values of its question marks. */
export interface Condition {
  sql: string;
  values: readonly (string | number)[];
}

export function condition(sql: string, ...values: (string | number)[]): Condition {
  return { sql, values };
}

/** All of the conditions together. */
export function allOf(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.length === 0 ? '1' : conditions.map(({ sql }) => `(${sql})`).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}
