/** What `bench show RUN --provenance` prints. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { Json } from '../../core/ids.ts';
import { plainLines } from '../../core/plain-text.ts';
import type { Provenance } from '../../core/results.ts';
import {
  attemptProvenances,
  leavesOf,
  patchOf,
  provenanceDifferences,
  type RunDetail,
} from '../../tracking/queries.ts';
import type { Store } from '../../tracking/store.ts';
import { printJson } from '../output/json.ts';
import { formatLines, formatSections, jsonLine, plainValue } from '../output/lines.ts';

export function showProvenance(store: Store, run: RunDetail, json: boolean): void {
  const attempts = attemptProvenances(store, run.id);
  const last = attempts.at(-1)?.provenance;
  if (last === undefined) throw nothingStated(run.id);
  const differences = provenanceDifferences(attempts.map(one => one.provenance));
  const patch = patchOf(store, run.id);
  const { specHash, codeHash, dataHash, identity } = run.cell;
  const hashes = { spec: specHash, code: codeHash, data: dataHash, identity };
  if (json) printJson({ run: run.id, hashes, configuration: run.params, provenance: last, differences, patch });
  else process.stdout.write(format(run, hashes, last, differences, patch));
}

function format(
  run: RunDetail,
  hashes: Record<string, string>,
  provenance: Provenance,
  differences: ReturnType<typeof provenanceDifferences>,
  patch: string | null,
): string {
  return formatSections([
    [`run ${run.id}`, formatLines([['experiment', run.experiment], ...Object.entries(hashes)])],
    ...groupsOf(provenance),
    ['configuration', formatLines(Object.entries(run.params).map(jsonLine))],
    [
      'not the same in all attempts',
      formatLines(differences.map(({ what, values }) => [what, values.map(plainValue).join(' → ')])),
    ],
    ['patch against the commit', patch === null ? '' : plainLines(patch)],
  ]);
}

/** Groups may grow, and other writers have their own: what is there is printed. */
function groupsOf(provenance: Provenance): [title: string, text: string][] {
  return Object.entries(provenance as unknown as Record<string, Json>).map(([name, group]) => [
    name,
    formatLines([...leavesOf(group)].map(([leaf, value]) => jsonLine([leaf === '' ? name : leaf, value]))),
  ]);
}

const nothingStated = (run: string): UserError =>
  new UserError(`run ${run} states no provenance: it ended before its first step, or its writer gave none.`, {
    exitCode: EXIT.noData,
  });
