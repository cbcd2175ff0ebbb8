/**
 * Faults at many moments: what `npm test` does for a few of each.
 *
 *   npm run test:faults                                 all kinds, as often as kinds.ts says
 *   npm run test:faults -- --kinds kill-writer,damage   these
 *   npm run test:faults -- --scale 0.1                  a tenth of the moments
 *   npm run test:faults -- --minutes 10                 begins no further kind after so long
 *   npm run test:faults -- --out faults.jsonl           where a line for each fault goes (reports/faults.jsonl)
 *
 * On stdout a line for each kind, then one line of JSON; exit code 1 if a point was lost, counted twice, or a state false.
 */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { FAULT_KINDS } from './kinds.ts';
import { isGood, summarise, type Trial } from './trial.ts';

const { values } = parseArgs({
  options: {
    kinds: { type: 'string', default: Object.keys(FAULT_KINDS).join() },
    scale: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '30' },
    out: { type: 'string', default: 'reports/faults.jsonl' },
  },
});
mkdirSync(dirname(values.out), { recursive: true });
writeFileSync(values.out, '');
const endMs = performance.now() + Number(values.minutes) * 60_000;
const trials: Trial[] = [];
let runs = 0;
for (const name of values.kinds.split(',')) {
  const kind = FAULT_KINDS[name];
  if (kind === undefined) throw new Error(`unknown kind "${name}". Known: ${Object.keys(FAULT_KINDS).join(', ')}.`);
  if (performance.now() > endMs) {
    process.stdout.write(`${name}: not tried, the time is over\n`);
    continue;
  }
  const startMs = performance.now();
  const result = await kind.try(Math.max(1, Math.round(kind.long * Number(values.scale))));
  appendFileSync(values.out, result.trials.map(trial => `${JSON.stringify(trial)}\n`).join(''));
  trials.push(...result.trials);
  runs += result.runs;
  process.stdout.write(`${lineOf(name, result.trials, performance.now() - startMs)}\n`);
}
process.stdout.write(`${JSON.stringify(summarise(trials, runs))}\n`);
process.exitCode = trials.every(isGood) ? 0 : 1;

function lineOf(name: string, some: readonly Trial[], durationMs: number): string {
  const bad = some.filter(trial => !isGood(trial));
  const worst = bad[0] === undefined ? '' : `; the first: ${JSON.stringify(bad[0])}`;
  return `${name}: ${some.length} faults in ${(durationMs / 1000).toFixed(1)} s, ${bad.length} with a fault of ours${worst}`;
}
