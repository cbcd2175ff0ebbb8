/** Numbers as texts of other programs have them. */

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const WORDS = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
]);
/** Read as seconds these are within the years 1970 to 5138; as milliseconds later numbers are. */
const MOST_SECONDS = 1e11;

/** Undefined if the text is none. */
export function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (DECIMAL.test(trimmed)) return Number(trimmed);
  const [, sign, word = ''] = /^([+-]?)([a-z]+)$/i.exec(trimmed) ?? [];
  const value = WORDS.get(word.toLowerCase());
  return value === undefined ? undefined : sign === '-' ? -value : value;
}

/** Milliseconds since 1970 of seconds, milliseconds or a date; undefined if it is none. */
export function timeOf(text: string): number | undefined {
  const number = numberOf(text);
  if (number === undefined) {
    const date = Date.parse(text);
    return Number.isNaN(date) ? undefined : date;
  }
  return Number.isFinite(number) ? Math.round(number < MOST_SECONDS ? number * 1000 : number) : undefined;
}

/** A value of JSON that is meant as a number: numbers, and words for those that JSON lacks. */
export function wireNumberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  return undefined;
}
