/** Which thresholds a gate holds: of the flags, else as the baseline froze them. */
import { EXIT, UserError } from '../core/errors.ts';
import { type Experiment, GATE_DEFAULTS, type GateThreshold } from '../core/experiment.ts';
import { canonicalJson } from '../core/ids.ts';
import { unknownName } from '../core/registry.ts';
import { parseCurveMetric } from '../stats/index.ts';
import type { Baseline } from './baseline.ts';
import { checkThresholds, isExact, parseMargin } from './threshold.ts';

export interface ThresholdFlags {
  /** `metric=margin`, `higher:metric=margin`, `parameters`. Without a word lower is better, but of rates per second. */
  metric: readonly string[];
  confidence?: number;
  minimumSeeds?: number;
  looks?: readonly number[];
}

export function thresholdsOf(
  baseline: Baseline,
  { gate = [], id }: Experiment,
  flags: ThresholdFlags,
): GateThreshold[] {
  const asked = flags.metric.map(text => parseThreshold(text, flags));
  const frozen = baseline.thresholds.length > 0 ? baseline.thresholds : gate;
  const thresholds = asked.length > 0 ? asked : frozen.map(threshold => ({ ...threshold, ...overrides(flags) }));
  checkThresholds(thresholds, asked.length > 0 ? 'flags' : id);
  for (const { metric } of thresholds) parseCurveMetric(metric);
  return thresholds;
}

/** What the baseline has no figures of, no run can be compared with: throws one line. */
export function requireFigures({ name, figures }: Baseline, thresholds: readonly GateThreshold[]): void {
  for (const { metric } of thresholds) {
    if (isExact(metric) || figures[metric]) continue;
    if (parseCurveMetric(metric) === null)
      throw unknownName(`metric of baseline ${name}`, metric, Object.keys(figures));
    throw new UserError(
      `baseline ${name} holds no steps of ${metric}: expected it under "gate" in the spec when it was saved. Add it, and save again.`,
      { exitCode: EXIT.noData },
    );
  }
}

/** A margin that was widened in the spec alone would pass unseen. */
export function thresholdChange({ thresholds }: Baseline, { gate }: Experiment, flags: ThresholdFlags): string | null {
  if (flags.metric.length > 0 || thresholds.length === 0) return null;
  const same = canonicalJson(gate ?? []) === canonicalJson(thresholds);
  return same ? null : 'the thresholds in the spec are not those that the baseline was saved with: save it anew';
}

export function parseThreshold(text: string, flags: ThresholdFlags): GateThreshold {
  const [, said, rest = ''] = /^(?:(higher|lower):)?(.*)$/.exec(text) ?? [];
  const direction = (said as GateThreshold['direction'] | undefined) ?? (/PerSecond=/.test(rest) ? 'higher' : 'lower');
  if (isExact(rest)) return { metric: rest, direction, margin: { absolute: 0 }, ...GATE_DEFAULTS, ...overrides(flags) };
  const at = rest.lastIndexOf('=');
  if (at < 1 || rest[at - 1] === '<' || rest[at - 1] === '>')
    throw new UserError(
      `--metric "${text}": expected <metric>=<margin>, as in test.top1=0.5pp, or parameters or macs.`,
    );
  const margin = parseMargin(rest.slice(at + 1));
  return { metric: rest.slice(0, at), direction, margin, ...GATE_DEFAULTS, ...overrides(flags) };
}

/** Looks at fewer seeds than the default's minimum say what the minimum is. */
function overrides({ confidence, minimumSeeds, looks }: ThresholdFlags): Partial<GateThreshold> {
  return {
    ...(confidence !== undefined && { confidence }),
    ...(minimumSeeds !== undefined && { minimumSeeds }),
    ...(looks !== undefined && { looks }),
  };
}
