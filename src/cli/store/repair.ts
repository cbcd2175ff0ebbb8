import { existsSync } from 'node:fs';
import { EXIT, UserError } from '../../core/errors.ts';
import { runsDir, storePath } from '../../core/places.ts';
import { plainText } from '../../core/plain-text.ts';
import type { StoreComparison } from '../../tracking/compare-stores.ts';
import { type Repair, repairStore } from '../../tracking/repair.ts';
import { printJson } from '../output/json.ts';

const SHOWN_DIFFERENCES = 20;

export function repairCommand({ json = false }: { json?: boolean }): number {
  if (!existsSync(storePath()) && !existsSync(runsDir())) throw nothingThere();
  const repair = repairStore(storePath(), runsDir());
  if (json) printJson(repair);
  else
    process.stdout.write(
      linesOf(repair)
        .map(line => `${plainText(line)}\n`)
        .join(''),
    );
  return repair.lost.length > 0 ? EXIT.failed : EXIT.ok;
}

function linesOf({ store, kept, runs, points, comparison, lost, problems }: Repair): string[] {
  return [
    ...problems,
    ...lost.map(line => `not carried over from the old store: ${line}`),
    ...(comparison === null ? [] : comparisonLines(comparison)),
    `${store}: made anew, ${runs} runs, ${points} points.`,
    ...(kept === null ? [] : [`The old one is ${kept}.`]),
  ];
}

function comparisonLines({ compared, differences, behind }: StoreComparison): string[] {
  const shown = differences.slice(0, SHOWN_DIFFERENCES);
  return [
    ...shown.map(({ run, what, kept, rebuilt }) => `${run}: ${what}: was ${kept}, is ${rebuilt}`),
    ...(differences.length > shown.length ? [`… and ${differences.length - shown.length} more differences`] : []),
    ...behind.map(({ run, bytes }) => `${run}: ${bytes} bytes of its journal were not recorded`),
    `${compared} runs compared with the old store, ${differences.length} differences.`,
  ];
}

const nothingThere = (): UserError =>
  new UserError(`nothing to repair: neither ${storePath()} nor ${runsDir()} is there.`, { exitCode: EXIT.noData });
