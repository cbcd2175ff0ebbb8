/** `bench diff`: what two runs were given, where they ran, and what came out. */
import { EXIT } from '../../core/errors.ts';
import { plainLines } from '../../core/plain-text.ts';
import { type CodeDiff, type CodeState, diffCode } from '../../runner/code-diff.ts';
import { patchOf, provenanceOf } from '../../tracking/queries.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import {
  type CurveDifference,
  type Difference,
  diffRuns,
  type FigureDifference,
  type RunDiff,
} from '../../tracking/run-diff.ts';
import type { Store } from '../../tracking/store.ts';
import { printJson, wordsForNumbers } from '../output/json.ts';
import { formatLines, formatSections, type Line, plainValue } from '../output/lines.ts';
import { formatFigure } from './run-table.ts';

interface DiffOptions {
  patch?: boolean;
  json?: boolean;
}

export function diffCommand(
  first: string,
  second: string,
  { patch = true, json = false }: DiffOptions,
): Promise<number> {
  return withRecordedStore(store => {
    const diff = diffRuns(store, first, second);
    const code = diff.code.length > 0 && patch ? codeBetween(store, diff.runs) : null;
    if (json) printJson(wordsForNumbers({ ...diff, patch: code?.ok ? code.patch : null, noPatch: whyNot(code) }));
    else process.stdout.write(format(diff, code));
    return diff.same ? EXIT.ok : EXIT.failed;
  });
}

function codeBetween(store: Store, [first, second]: readonly [string, string]): CodeDiff {
  const provenances = provenanceOf(store, [first, second]);
  const state = (run: string): CodeState => ({
    run,
    commit: provenances.get(run)?.code?.commit ?? null,
    patch: patchOf(store, run),
  });
  return diffCode(state(first), state(second));
}

const whyNot = (code: CodeDiff | null): string | null => (code === null || code.ok ? null : code.why);

function format(diff: RunDiff, code: CodeDiff | null): string {
  const [first, second] = diff.runs;
  if (diff.same) return `${first} and ${second}: the same in all that was recorded, speed and memory apart.\n`;
  const why = whyNot(code);
  const sections = formatSections([
    ['configuration', formatLines(diff.config.map(differenceLine))],
    ['code', formatLines([...diff.code.map(differenceLine), ...(why === null ? [] : [['patch', why] as const])])],
    ['data', formatLines(diff.data.map(differenceLine))],
    ['environment', formatLines(diff.environment.map(differenceLine))],
    ['final figures', formatLines(diff.figures.map(figureLine))],
    ['curves', formatLines(diff.curves.map(curveLine))],
    ['measured (does not count)', formatLines(diff.measured.map(figureLine))],
    [`patch from ${first} to ${second}`, code?.ok ? plainLines(code.patch) : ''],
  ]);
  return `${first} → ${second}\n\n${sections}`;
}

const differenceLine = ({ what, first, second }: Difference): Line => [what, `${shown(first)} → ${shown(second)}`];

const shown = (value: Difference['first']): string => (value === null ? 'nothing' : plainValue(value));

const figureLine = ({ metric, first, second }: FigureDifference): Line => [
  metric,
  `${formatExact(metric, first, second)} → ${formatExact(metric, second, first)}`,
];

function curveLine({ metric, step, first, second, shared, agreeing }: CurveDifference): Line {
  const values = `${first ?? 'nothing'} → ${second ?? 'nothing'}`;
  return [metric, `from step ${step}: ${values} (${agreeing} of ${shared} shared steps agree)`];
}

/** As elsewhere, unless the two would look alike. */
function formatExact(metric: string, value: number | null, other: number | null): string {
  if (value === null) return 'nothing';
  const text = formatFigure(metric, value);
  return other !== null && text === formatFigure(metric, other) ? String(value) : text;
}
