import type { GateReport } from './report.ts';

const GATE_SCHEMA = 1;

/** A decision as other programs read it: docs/gate.md describes each field. */
export function gateJson(report: GateReport): object {
  const { outcome, because, experiment, tier, baselineName, decidedAt, commit, dirty, look, looks } = report;
  return {
    schema: GATE_SCHEMA,
    outcome,
    because,
    experiment,
    tier,
    baseline: baselineName,
    decidedAt,
    commit,
    dirty,
    look,
    looks,
    confidence: report.confidence,
    checks: report.checks,
    ...(report.speed && { speed: report.speed }),
  };
}
