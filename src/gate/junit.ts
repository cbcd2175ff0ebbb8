import { checkSentence } from './check-text.ts';
import { type GateReport, gateSentence } from './report.ts';

/** JUnit's XML as CI servers read it: a check is a case; what is not decided is an error, not a failure. */
export function gateJunit(report: GateReport): string {
  const failing = report.checks.filter(check => check.outcome === 'fail').length;
  const undecided = report.checks.filter(check => ['inconclusive', 'incomparable'].includes(check.outcome)).length;
  const whole = report.checks.length === 0 ? [wholeCase(report)] : [];
  const cases = [
    ...whole,
    ...report.checks.map(check => {
      const inner = body(check.outcome, checkSentence(check));
      return `    <testcase classname="${escapeXml(`${report.experiment}.${check.arm}`)}" name="${escapeXml(check.metric)}">${inner}</testcase>\n`;
    }),
  ];
  const name = escapeXml(`${report.experiment} against ${report.baselineName}`);
  const counts = `tests="${cases.length}" failures="${failing}" errors="${undecided + whole.length}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${counts}>
  <testsuite name="${name}" timestamp="${escapeXml(report.decidedAt)}" ${counts}>
${cases.join('')}  </testsuite>
</testsuites>
`;
}

const wholeCase = (report: GateReport): string =>
  `    <testcase classname="${escapeXml(report.experiment)}" name="gate">${body(report.outcome, gateSentence(report))}</testcase>\n`;

function body(outcome: string, sentence: string): string {
  if (outcome === 'pass') return `<system-out>${escapeXml(sentence)}</system-out>`;
  const element = outcome === 'fail' ? 'failure' : 'error';
  return `<${element} type="${outcome}" message="${escapeXml(sentence)}"/>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** XML has no place for other control characters at all. */
const escapeXml = (text: string): string =>
  text
    .replace(/(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/gu, '�')
    .replace(/[&<>"']/g, character => ENTITIES[character] as string);
