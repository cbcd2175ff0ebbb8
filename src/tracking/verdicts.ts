import { fromWire, toWire, type WireNumber } from '../core/journal.ts';
import type { ClaimVerdict } from '../core/results.ts';
import type { RunTier } from '../core/tracked-cell.ts';
import type { Store } from './store.ts';

/** What a verdict speaks of. */
export interface VerdictScope {
  experiment: string;
  tier: RunTier;
  specHash: string;
}

/** Keeps the verdicts of one sitting. Earlier ones stay, as history. */
export function saveVerdicts(
  store: Store,
  scope: VerdictScope,
  verdicts: readonly ClaimVerdict[],
  drawnAtMs = Date.now(),
): void {
  const sql = `INSERT INTO verdicts (experiment, tier, spec_hash, drawn_at, claim, outcome, verdict)
    VALUES (?, ?, ?, ?, ?, ?, ?)`;
  store.write(() => {
    const insert = store.prepare(sql);
    for (const verdict of verdicts) {
      const { claim, outcome } = verdict;
      insert.run(scope.experiment, scope.tier, scope.specHash, drawnAtMs, claim.id, outcome, encode(verdict));
    }
  });
}

/** Those of the last sitting, in the order of the claims; empty if there was none. */
export function lastVerdicts(store: Store, { experiment, tier, specHash }: VerdictScope): ClaimVerdict[] {
  const scope = 'experiment = ? AND tier = ? AND spec_hash = ?';
  const sql = `SELECT verdict FROM verdicts WHERE ${scope}
    AND drawn_at = (SELECT max(drawn_at) FROM verdicts WHERE ${scope}) ORDER BY key`;
  const values = [experiment, tier, specHash];
  const texts = store.read(() => store.prepare<string>(sql, 'pluck').all(...values, ...values));
  return texts.map(text => JSON.parse(text, decodeNumber) as ClaimVerdict);
}

/** When they were drawn, in milliseconds since 1970; null if there are none. */
export function verdictsDrawnAt(store: Store, { experiment, tier, specHash }: VerdictScope): number | null {
  const sql = 'SELECT max(drawn_at) FROM verdicts WHERE experiment = ? AND tier = ? AND spec_hash = ?';
  return store.read(() => store.prepare<number | null>(sql, 'pluck').get(experiment, tier, specHash)) ?? null;
}

/** The spec that was judged last; null if none was. */
export function lastSpec(store: Store, experiment: string, tier: RunTier): string | null {
  const sql =
    'SELECT spec_hash FROM verdicts WHERE experiment = ? AND tier = ? ORDER BY drawn_at DESC, key DESC LIMIT 1';
  return store.read(() => store.prepare<string>(sql, 'pluck').get(experiment, tier)) ?? null;
}

/** JSON has no NaN, and the effect of a claim without a complete seed is one. */
function encode(verdict: ClaimVerdict): string {
  return JSON.stringify(verdict, (_key, value: unknown) => (typeof value === 'number' ? toWire(value) : value));
}

function decodeNumber(_key: string, value: unknown): unknown {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? fromWire(value as WireNumber) : value;
}
