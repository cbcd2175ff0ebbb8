import type { Check } from './check.ts';
import { intervalText, noteOf, numberText } from './check-text.ts';
import { type GateReport, gateSentence } from './report.ts';

const SIGNS = { pass: '✅', fail: '❌', inconclusive: '❔', incomparable: '🚫' } as const;

/** For the summary of a CI's job. */
export function gateMarkdown(report: GateReport): string {
  const head = `### ${SIGNS[report.outcome]} ${escapeCell(gateSentence(report))}\n`;
  if (report.checks.length === 0) return head;
  const rows = report.checks.map(check => `| ${cells(check).map(escapeCell).join(' | ')} |\n`).join('');
  const level = Number((100 * (report.checks[0]?.level ?? 0)).toPrecision(6));
  return `${head}
| | metric | arm | baseline | now | worse by | ${level} % interval | margin | |
|---|---|---|--:|--:|--:|---|--:|---|
${rows}`;
}

function cells(check: Check): string[] {
  return [
    `${SIGNS[check.outcome]} ${check.outcome}`,
    check.metric,
    check.arm,
    numberText(check, check.baseline),
    numberText(check, check.present),
    numberText(check, check.worsening),
    intervalText(check),
    numberText(check, check.margin),
    noteOf(check),
  ];
}

/** Names come from specs and files: they stay text, in one cell. */
const escapeCell = (text: string): string => text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>|#]/g, '\\$&');
