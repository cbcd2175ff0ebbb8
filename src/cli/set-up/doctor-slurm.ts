import { UserError } from '../../core/errors.ts';
import { benchDir } from '../../core/places.ts';
import { NoSlurm } from '../../runner/slurm/commands.ts';
import { findOrphans, type Orphans } from '../../runner/slurm/orphans.ts';
import type { Part } from './doctor-parts.ts';

/** Of what has gone wrong on a cluster only that which nobody would mend by himself. */
export async function examineSlurm(): Promise<Part> {
  const part = (state: Part['state'], detail: string): Part => ({ name: 'Slurm', state, detail });
  try {
    const orphans = await findOrphans(benchDir());
    if (orphans === null) return part('notice', 'its controller does not answer');
    const problems = problemsOf(orphans);
    return problems.length === 0 ? part('good', 'no orphaned tasks') : part('notice', problems.join(' '));
  } catch (error) {
    if (error instanceof NoSlurm) return part('good', 'not on this machine');
    if (error instanceof UserError) return part('notice', error.message);
    throw error;
  }
}

const problemsOf = ({ arrays, experiments }: Orphans): string[] => [
  ...arrays.map(token => `Job ${token}: its folder is gone. End it: "scancel --name=${token}".`),
  ...experiments.map(id => `${id}: cells are in no task's hands. Go on: "npx bench run ${id} --on slurm".`),
];
