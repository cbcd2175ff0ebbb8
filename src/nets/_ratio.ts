/**
 * Shares of 3×3 and 5×5 over the modules of Inception v1. Szegedy et al. 2014, §4, expects that higher modules want more
 * of them; its table 1 does not have that. Shares here lie on a line over the modules; channels between modules stay.
 */
import { UserError } from '../core/errors.ts';

export type Ratio = 'published' | 'rising' | 'equal' | 'falling';

/** Filters of a module: 1×1; reduction and 3×3; reduction and 5×5; behind the pooling. */
export type Row = readonly [
  one: number,
  three: readonly [number, number],
  five: readonly [number, number],
  pool: number,
];

/** Of the share, from the first module to the last. */
const CHANGES = { rising: 0.3, equal: 0, falling: -0.3 };
const MIDDLES = Array.from({ length: 321 }, (_, i) => 0.2 + i * 0.002);
/** Of the MACs of all modules, against the published shares. */
const TOLERANCE = 0.01;

/** The rows with other shares, and as many MACs: the line's height is the one that comes closest to the rows' own. */
export function shareOut(rows: readonly Row[], ratio: Ratio, macsOf: (rows: readonly Row[]) => number): readonly Row[] {
  if (ratio === 'published') return rows;
  const target = macsOf(rows);
  let best = { rows, error: Number.POSITIVE_INFINITY };
  for (const middle of MIDDLES) {
    const candidate = rows.map((row, i) => withShare(row, middle + CHANGES[ratio] * (i / (rows.length - 1) - 0.5)));
    const error = Math.abs(macsOf(candidate) / target - 1);
    if (error < best.error) best = { rows: candidate, error };
  }
  if (best.error <= TOLERANCE) return best.rows;
  const percent = (100 * best.error).toFixed(1);
  throw new UserError(
    `inception-v1: expected ${ratio} shares within 1 % of the published MACs, got ${percent} %. Use a larger width.`,
  );
}

/** Reductions keep their proportion to what they feed, 3×3 to 5×5, 1×1 to the pooling's. */
function withShare([one, three, five, pool]: Row, share: number): Row {
  const wide = three[1] + five[1];
  const all = one + wide + pool;
  const threes = atLeastOne((share * all * three[1]) / wide);
  const fives = atLeastOne((share * all * five[1]) / wide);
  const ones = atLeastOne(((all - threes - fives) * one) / (one + pool));
  return [ones, scaled(three, threes), scaled(five, fives), atLeastOne(all - threes - fives - ones)];
}

function scaled([reduction, filters]: readonly [number, number], to: number): readonly [number, number] {
  return [atLeastOne((reduction * to) / filters), to];
}

function atLeastOne(filters: number): number {
  return Math.max(1, Math.round(filters));
}
