/**
 * Experiments on a real Slurm, which is started on this machine (Debian's packages are installed if they are missing):
 * degradation-34's smoke tier by job array against a local run, then faults, each compared with a local run too.
 *
 *   npm run test:cluster                             everything
 *   npm run test:cluster -- --faults requeue,…       these faults
 *
 * On stdout a line for each, then one line of JSON; exit code 1 unless nothing was lost, nothing counted twice, no state
 * false, and all bits equal. Ends only what it started.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT } from '../../src/core/errors.ts';
import { FAULTS } from './faults.ts';
import { ClusterProject, type Figures } from './lab.ts';
import { installSlurm, Loopback } from './loopback.ts';

const LONG_STEPS = 6000;
const SMOKE = ['degradation-34', '--tier', 'smoke'];

const { values } = parseArgs({ options: { faults: { type: 'string', default: Object.keys(FAULTS).join() } } });
const names = values.faults.split(',').filter(Boolean);
for (const name of names)
  if (FAULTS[name] === undefined) throw new Error(`unknown fault "${name}". Known: ${Object.keys(FAULTS).join(', ')}.`);

installSlurm();
const slurm = new Loopback(mkdtempSync(join(tmpdir(), 'slurm-')));
Object.assign(process.env, slurm.env);
const all: Figures[] = [];
const references = new Map<number | undefined, ClusterProject>();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void slurm.stop().finally(() => process.exit(EXIT.interrupted)));
await slurm.start();
try {
  await compare('degradation-34 smoke', SMOKE, async project => outcome(project, SMOKE));
  for (const name of names) await tryFault(name);
} finally {
  await slurm.stop();
  for (const project of references.values()) project.remove();
}
const summary = summarise();
process.stdout.write(`${JSON.stringify(summary)}\n`);
process.exitCode = summary.lost + summary.duplicated + summary.falseStates === 0 && summary.bitExact ? 0 : 1;

async function tryFault(name: string): Promise<void> {
  const { settings = {}, isLong, interrupts, inflict } = FAULTS[name] as (typeof FAULTS)[string];
  const steps = isLong ? LONG_STEPS : undefined;
  const reference = references.get(steps) ?? new ClusterProject(slurm, {}, steps);
  if (!references.has(steps)) await outcome(reference, ['tiny', '--on', 'local']);
  references.set(steps, reference);
  // Copies of the code are made above; here the checkout itself runs, which takes a minute less each.
  const project = new ClusterProject(slurm, { code: 'in-place', ...settings }, steps);
  const { cells, attempts } = await measure(name, project, reference, inflict);
  if (interrupts && attempts <= cells)
    throw new Error(`${name}: it did not come: ${attempts} attempts of ${cells} cells`);
}

async function compare(name: string, args: string[], act: (project: ClusterProject) => Promise<void>): Promise<void> {
  const reference = new ClusterProject(slurm);
  await outcome(reference, [...args, '--on', 'local']);
  await measure(name, new ClusterProject(slurm), reference, act);
  reference.remove();
}

async function measure(
  name: string,
  project: ClusterProject,
  reference: ClusterProject,
  act: (project: ClusterProject) => Promise<void>,
): Promise<Figures> {
  const startMs = performance.now();
  await act(project);
  const figures = project.figures(reference);
  all.push(figures);
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  process.stdout.write(`${name}: ${seconds} s, ${JSON.stringify(figures)}\n`);
  project.remove();
  return figures;
}

async function outcome(project: ClusterProject, args: string[]): Promise<void> {
  const { exitCode, stderr } = await project.run(...args).outcome;
  if (exitCode !== 0) throw new Error(`bench run ${args.join(' ')} ended with ${exitCode}:\n${stderr}`);
}

function summarise() {
  const sum = (pick: (figures: Figures) => number): number => all.reduce((total, one) => total + pick(one), 0);
  return {
    cells: sum(one => one.cells),
    faults: names.length,
    attempts: sum(one => one.attempts),
    lost: sum(one => one.lost),
    duplicated: sum(one => one.duplicated),
    falseStates: sum(one => one.falseStates.length),
    bitExact: all.every(one => one.bitExact),
  };
}
