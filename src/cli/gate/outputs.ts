/** A decision where people and CIs look for it. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { describeError, EXIT, UserError } from '../../core/errors.ts';
import {
  type Check,
  type GateReport,
  gateAnnotations,
  gateBadge,
  gateJson,
  gateJunit,
  gateMarkdown,
  gateSentence,
  intervalText,
  noteOf,
  numberText,
  recordDecision,
} from '../../gate/index.ts';
import type { Colour } from '../output/colour.ts';
import { printJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';

export interface OutputOptions {
  json?: boolean;
  markdown?: string;
  junit?: string;
  badge?: string;
}

/** The history first: what follows may fail on a path. */
export function writeOutputs(report: GateReport, { json, markdown, junit, badge }: OutputOptions): void {
  recordDecision(report);
  if (json) printJson(gateJson(report));
  else process.stdout.write(gateText(report));
  if (markdown) write(markdown, () => writeFileSync(markdown, gateMarkdown(report)));
  if (junit) write(junit, () => writeFileSync(junit, gateJunit(report)));
  if (badge) write(badge, () => writeFileSync(badge, gateBadge(report.outcome)));
  // Other steps of the job write into the same summary.
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (summary) write(summary, () => appendFileSync(summary, `${gateMarkdown(report)}\n`));
  if (process.env.GITHUB_ACTIONS === 'true') process.stderr.write(gateAnnotations(report));
}

export const OUTCOME_COLOURS: Record<Check['outcome'], Colour> = {
  pass: 'green',
  fail: 'red',
  inconclusive: 'yellow',
  incomparable: 'yellow',
};

function gateText(report: GateReport): string {
  const sentence = `${gateSentence(report)}\n`;
  if (report.checks.length === 0) return sentence;
  const table = formatTable(report.checks, [
    { title: 'check', text: check => check.outcome, colour: check => OUTCOME_COLOURS[check.outcome] },
    { title: 'metric', text: check => check.metric },
    { title: 'arm', text: check => check.arm },
    { title: 'baseline', align: 'right', text: check => number(check, check.baseline) },
    { title: 'now', align: 'right', text: check => number(check, check.present) },
    { title: 'worse by', align: 'right', text: check => number(check, check.worsening) },
    { title: 'interval', text: check => intervalText(check) || '-' },
    { title: 'margin', align: 'right', text: check => number(check, check.margin) },
    { title: '', text: noteOf },
  ]);
  return `${table}${sentence}`;
}

const number = (check: Check, value: number | null): string => numberText(check, value) || '-';

function write(path: string, action: () => void): void {
  try {
    action();
  } catch (cause) {
    throw new UserError(`${path}: cannot be written: ${describeError(cause)}.`, { exitCode: EXIT.noData, cause });
  }
}
