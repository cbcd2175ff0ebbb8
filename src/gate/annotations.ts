/** Workflow commands of GitHub Actions: one line for each check that does not pass. */
import { checkSentence } from './check-text.ts';
import { type GateReport, gateSentence } from './report.ts';

export function gateAnnotations(report: GateReport): string {
  if (report.checks.length === 0) return command('error', 'gate', gateSentence(report));
  return report.checks
    .filter(check => check.outcome !== 'pass')
    .map(check => {
      const kind = check.outcome === 'inconclusive' ? 'warning' : 'error';
      return command(kind, `gate ${check.outcome}: ${report.experiment}`, checkSentence(check));
    })
    .join('');
}

const command = (kind: 'error' | 'warning', title: string, message: string): string =>
  `::${kind} title=${escapeProperty(title)}::${escapeMessage(message)}\n`;

const escapeMessage = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const escapeProperty = (text: string): string => escapeMessage(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
