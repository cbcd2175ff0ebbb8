import { UserError } from '../core/errors.ts';
import type { GateMargin, GateThreshold } from '../core/experiment.ts';
import { FEWEST_SEEDS, mean, standardDeviation } from '../stats/index.ts';

/** Counts of the net: there is nothing to estimate. */
const EXACT_METRICS = ['parameters', 'macs'] as const;

export const isExact = (metric: string): boolean => (EXACT_METRICS as readonly string[]).includes(metric);

/** δ in the metric's own unit, of the baseline's figures of one arm. */
export function marginOf(margin: GateMargin, baseline: readonly number[]): number {
  if ('absolute' in margin) return margin.absolute;
  if ('relative' in margin) return margin.relative * Math.abs(mean(baseline));
  return margin.deviations * standardDeviation(baseline);
}

/** "0.01", "0.5pp" (hundredths), "2%" of the baseline's mean, "1.5sd" of the baseline over seeds. */
export function parseMargin(text: string): GateMargin {
  const [, number = '', unit = ''] = /^([0-9.]+(?:e-?\d+)?)\s*(pp|%|sd)?$/.exec(text.trim().toLowerCase()) ?? [];
  const value = Number(number);
  if (number === '' || !Number.isFinite(value)) {
    throw new UserError(
      `margin: expected a number of at least 0, alone or with pp, % or sd ("0.01", "0.5pp", "2%", "1.5sd"), got "${text}".`,
    );
  }
  if (unit === '%') return { relative: value / 100 };
  return unit === 'sd' ? { deviations: value } : { absolute: unit === 'pp' ? value / 100 : value };
}

/** "0.01", "2 % of its mean", "1.5 of its deviations". */
export function marginText(margin: GateMargin): string {
  if ('absolute' in margin) return String(margin.absolute);
  if ('relative' in margin) return `${Number((margin.relative * 100).toPrecision(10))} % of the baseline`;
  return `${margin.deviations} deviations of the baseline`;
}

/** Throws one line unless all can be decided together. `where` names the spec, the baseline or the flags. */
export function checkThresholds(thresholds: readonly GateThreshold[], where: string): void {
  if (thresholds.length === 0) {
    throw new UserError(
      `${where}: no threshold. Say "gate: [{ metric, direction, margin }]" in the experiment, or give --metric, --margin.`,
    );
  }
  for (const threshold of thresholds) {
    const problem = problemOf(threshold) ?? unlike(threshold, thresholds[0] as GateThreshold);
    if (problem !== null) throw new UserError(`${where}: gate on ${threshold.metric}: ${problem}.`);
  }
}

function problemOf({ margin, confidence, minimumSeeds, looks }: GateThreshold): string | null {
  const [value] = Object.values(margin) as number[];
  if (!(value !== undefined && value >= 0 && Number.isFinite(value)))
    return `margin: expected a finite number of at least 0, got ${value}`;
  if (!(confidence > 0.5 && confidence < 1))
    return `confidence: expected more than 0.5 and less than 1, got ${confidence}`;
  if (minimumSeeds < FEWEST_SEEDS) return `minimumSeeds: expected at least ${FEWEST_SEEDS}, got ${minimumSeeds}`;
  if (looks.length === 0 || looks.some((n, i) => !Number.isInteger(n) || n <= (looks[i - 1] ?? 0)))
    return `looks: expected ascending whole numbers of seeds, got ${looks.join(', ') || 'none'}`;
  const [first = 0] = looks;
  return first < minimumSeeds
    ? `looks: expected a first look of at least minimumSeeds, ${minimumSeeds}, got ${first}`
    : null;
}

/** The runs are the same for all metrics, and so are the moments to stop. */
function unlike({ looks, confidence }: GateThreshold, first: GateThreshold): string | null {
  if (looks.join() !== first.looks.join())
    return `looks: expected those of ${first.metric}, ${first.looks.join(', ')}, got ${looks.join(', ')}`;
  return confidence === first.confidence
    ? null
    : `confidence: expected that of ${first.metric}, ${first.confidence}, got ${confidence}`;
}
