/**
 * A filter as SQL. Every comparison is true or false, never NULL: a run that lacks a field satisfies no comparison with it,
 * so `not` holds for it.
 */
import { UserError } from '../core/errors.ts';
import { RUN_STATES } from '../core/results.ts';
import { type Field, type FieldKind, findField } from './fields.ts';
import { type Filter, filterError, type Operator, parseFilter, type Word } from './filter.ts';
import { type Fragment, fragment, joined } from './fragment.ts';
import type { Store } from './store.ts';

export interface CompiledFilter {
  sql: Fragment;
  /** Names of the fields that it mentions. */
  fields: ReadonlySet<string>;
}

type Comparison = Extract<Filter, { kind: 'comparison' }>;

/** Throws one line that names the position of what is wrong, unknown fields included. */
export function compileFilter(store: Store, text: string): CompiledFilter {
  const fields = new Set<string>();
  return { sql: compile(parseFilter(text)), fields };

  function compile(filter: Filter): Fragment {
    if (filter.kind === 'comparison') return compileOne(filter);
    if (filter.kind === 'not') return prefixed('NOT', compile(filter.part));
    return joined(filter.parts.map(compile), filter.kind === 'and' ? 'AND' : 'OR');
  }

  function compileOne(comparison: Comparison): Fragment {
    const field = fieldAt(store, comparison.field);
    fields.add(field.name);
    return compare(text, field, comparison);
  }
}

function fieldAt(store: Store, { text, at }: Word): Field {
  try {
    return findField(store, text);
  } catch (error) {
    throw error instanceof UserError ? new UserError(`filter, character ${at + 1}: ${error.message}`) : error;
  }
}

function compare(text: string, field: Field, { field: word, operator, value }: Comparison): Fragment {
  const { name, kind, sql } = field;
  if (operator === undefined || value === undefined) {
    if (kind === 'flag') return sql;
    throw filterError(text, word.at, `a comparison such as "${name} = …"`);
  }
  const reader = NUMBERS[kind];
  checkOperator(text, kind, operator, word);
  if (reader === undefined) return compareWords(text, field, operator, value);
  const number = reader.read(value);
  if (number === null) throw filterError(text, value.at, reader.expected);
  return kind === 'metric'
    ? compareMetric(sql, operator, number)
    : known(`${sql.sql} ${operator} ?`, ...sql.values, number);
}

function checkOperator(text: string, kind: FieldKind, operator: Operator, field: Word): void {
  if (operator === '~' && kind in NUMBERS) throw filterError(text, field.at, 'a field of text before "~"');
  if (kind === 'tags' && !['=', '!=', '~'].includes(operator))
    throw filterError(text, field.at, '"=", "!=" or "~" after "tag"');
}

function compareWords(text: string, { kind, sql }: Field, operator: Operator, value: Word): Fragment {
  if (kind === 'state' && operator !== '~' && !RUN_STATES.some(state => state === value.text)) {
    throw filterError(text, value.at, `a state (${RUN_STATES.join(', ')})`);
  }
  if (kind === 'tags') return compareTags(sql, operator, value.text);
  return kind === 'mixed' ? compareMixed(sql, operator, value) : ofValue(sql, textCondition(operator), value.text);
}

const NUMBERS: { [kind in FieldKind]?: { read(value: Word): number | null; expected: string } } = {
  number: { read: numberIn, expected: 'a number' },
  metric: { read: numberIn, expected: 'a number' },
  time: { read: timeIn, expected: 'a day or time such as 2026-11-24 or 2026-11-24T08:30Z' },
  flag: { read: flagIn, expected: 'true or false' },
};

/** `!=` is the opposite of `=`: no tag is it. */
function compareTags({ sql, values }: Fragment, operator: Operator, text: string): Fragment {
  if (operator === '~')
    return fragment(`EXISTS (SELECT 1 FROM (${sql}) WHERE instr(lower(tag), lower(?)) > 0)`, ...values, text);
  return fragment(`? ${operator === '=' ? 'IN' : 'NOT IN'} (${sql})`, text, ...values);
}

/** As numbers compare: NaN is neither less nor more than anything and unequal to all; `= NaN` asks whether it is NaN. */
function compareMetric(sql: Fragment, operator: Operator, number: number): Fragment {
  if (!Number.isNaN(number))
    return ofValue(sql, `${operator === '!=' ? '' : "typeof(v) <> 'text' AND "}v ${operator} ?`, number);
  return operator === '=' || operator === '!=' ? ofValue(sql, `v ${operator} 'NaN'`) : fragment('FALSE');
}

/** Numbers as numbers, also where a level's name is one; all else as text. */
function compareMixed(sql: Fragment, operator: Operator, value: Word): Fragment {
  const number = numberIn(value);
  if (number === null || operator === '~') return ofValue(sql, textCondition(operator), value.text);
  const isNumber = "typeof(v) <> 'text' OR (v <> '' AND v NOT GLOB '*[^0-9.eE+-]*')";
  const condition = `CASE WHEN ${isNumber} THEN CAST(v AS REAL) ${operator} ? ELSE ${textCondition(operator)} END`;
  return ofValue(sql, condition, number, value.text);
}

const textCondition = (operator: Operator): string =>
  operator === '~' ? 'instr(lower(CAST(v AS TEXT)), lower(?)) > 0' : `CAST(v AS TEXT) ${operator} ?`;

const ofValue = ({ sql, values }: Fragment, condition: string, ...bound: (string | number)[]): Fragment =>
  known(`(SELECT ${condition} FROM (SELECT ${sql} AS v))`, ...bound, ...values);

const known = (sql: string, ...values: (string | number)[]): Fragment => fragment(`coalesce(${sql}, FALSE)`, ...values);

const prefixed = (word: string, { sql, values }: Fragment): Fragment => fragment(`${word} (${sql})`, ...values);

function numberIn({ text, quoted }: Word): number | null {
  if (quoted) return null;
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  const word = /^([+-]?)(nan|inf|infinity)$/i.exec(text);
  if (word === null) return null;
  if (word[2]?.toLowerCase() === 'nan') return Number.NaN;
  return word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** A day begins where the computer is, as a person means it; a number is milliseconds since 1970. */
function timeIn(word: Word): number | null {
  const number = numberIn({ ...word, quoted: false });
  if (number !== null && Math.abs(number) >= 1e6) return number;
  const local = /^\d{4}-\d\d-\d\d$/.test(word.text) ? `${word.text}T00:00` : word.text;
  const time = /^\d{4}-\d\d-\d\d/.test(local) ? Date.parse(local) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

function flagIn({ text }: Word): number | null {
  return text === 'true' ? 1 : text === 'false' ? 0 : null;
}
