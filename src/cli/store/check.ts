import { EXIT } from '../../core/errors.ts';
import { artifactsDir, runsDir, storePath } from '../../core/places.ts';
import { plainText } from '../../core/plain-text.ts';
import { readCheckpoint } from '../../engine/checkpoint.ts';
import { type CheckReport, checkStore, type Finding } from '../../tracking/check.ts';
import { colour } from '../output/colour.ts';
import { printJson } from '../output/json.ts';

/** A thousand lines of one kind say no more than these. */
const SHOWN_OF_A_KIND = 20;

export function checkCommand({ quick = false, json = false }: { quick?: boolean; json?: boolean }): number {
  const places = { storePath: storePath(), runsDir: runsDir(), artifactsDir: artifactsDir() };
  const report = checkStore(places, readCheckpoint, quick);
  const ok = !report.findings.some(finding => finding.fault);
  if (json) printJson({ ok, ...report });
  else process.stdout.write(format(report, ok, quick));
  return ok ? EXIT.ok : EXIT.failed;
}

function format(report: CheckReport, ok: boolean, quick: boolean): string {
  const { runs, points, compared, files } = report;
  const looked = quick ? '' : `; ${compared} runs compared with their journals, ${files} files with their checksums`;
  const lines = kindsOf(report.findings).flatMap(linesOf);
  const verdict = ok ? colour('no fault found', 'green') : colour('faults found', 'red');
  const advice = report.findings.some(isOfTheStore) ? ' `bench repair` makes the store anew and keeps this one.' : '';
  return [...lines, `${verdict}: ${runs} runs, ${points} points${looked}.${advice}`].map(line => `${line}\n`).join('');
}

const isOfTheStore = ({ kind, fault }: Finding): boolean =>
  fault && (kind === 'damage' || kind === 'reference' || kind === 'mismatch');

function linesOf(findings: readonly Finding[]): string[] {
  const shown = findings.slice(0, SHOWN_OF_A_KIND).map(line);
  const more = findings.length - shown.length;
  return more > 0 ? [...shown, `  … and ${more} more of this kind (--json has all)`] : shown;
}

function line({ kind, fault, subject, problem }: Finding): string {
  const word = fault ? colour(kind, 'red') : colour(`note (${kind})`, 'yellow');
  return `${word}  ${plainText(subject)}: ${plainText(problem)}`;
}

function kindsOf(findings: readonly Finding[]): Finding[][] {
  const kinds = [...new Set(findings.map(finding => finding.kind))];
  return kinds.map(kind => findings.filter(finding => finding.kind === kind));
}
