import { formatNumber } from '../stats/index.ts';
import { type Check, digitsOf, noteOf } from './check.ts';
import { type GateReport, gateSentence } from './outcome.ts';

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
  const { interval, margin, worsening } = check;
  const digits = digitsOf(check);
  const text = (value: number | null): string =>
    value === null ? '' : Number.isInteger(value) ? String(value) : formatNumber(value, digits);
  const range = interval ? `${text(interval[0])} to ${text(interval[1])}` : '';
  return [
    `${SIGNS[check.outcome]} ${check.outcome}`,
    check.metric,
    check.arm,
    text(check.baseline),
    text(check.present),
    text(worsening),
    range,
    text(margin),
    noteOf(check),
  ];
}

/** Names come from specs and files: they stay text, in one cell. */
const escapeCell = (text: string): string => text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>|#]/g, '\\$&');
