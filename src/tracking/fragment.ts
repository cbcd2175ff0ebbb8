/** A piece of SQL with the values of its question marks, so that nothing a user typed is ever part of the text. */
export interface Fragment {
  sql: string;
  values: readonly (string | number)[];
}

export const fragment = (sql: string, ...values: (string | number)[]): Fragment => ({ sql, values });

/** `(a) glue (b) glue …`. */
export function joined(parts: readonly Fragment[], glue: 'AND' | 'OR'): Fragment {
  return {
    sql: parts.map(part => `(${part.sql})`).join(` ${glue} `),
    values: parts.flatMap(part => part.values),
  };
}
