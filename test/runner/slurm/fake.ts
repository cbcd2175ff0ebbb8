/** Puts commands named as Slurm's four on the PATH of this process, and one that they start to run an array's tasks. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programArguments } from '../../typescript-program.ts';

const PROGRAM = programArguments('processes/fake-slurm.ts', import.meta.url)
  .map(part => `'${part}'`)
  .join(' ');

export interface FakeSlurm {
  dir: string;
  /** Its controller answers nobody. */
  goAway(): void;
  comeBack(): void;
  /** The next submission gets an id, and is known to nobody afterwards. */
  forgetNext(): void;
  /** Of all tasks. */
  states(): string[];
  remove(): void;
}

export function installFakeSlurm(): FakeSlurm {
  const dir = mkdtempSync(join(tmpdir(), 'fake-slurm-'));
  const bin = join(dir, 'bin');
  mkdirSync(bin);
  for (const name of ['sbatch', 'squeue', 'scontrol', 'scancel', 'scheduler']) {
    writeFileSync(join(bin, name), `#!/bin/sh\nexec '${process.execPath}' ${PROGRAM} ${name} "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const pathBefore = process.env.PATH;
  process.env.PATH = `${bin}:${pathBefore}`;
  process.env.FAKE_SLURM_DIR = dir;
  const away = join(dir, 'away');
  return {
    dir,
    goAway: () => writeFileSync(away, ''),
    comeBack: () => rmSync(away),
    forgetNext: () => writeFileSync(join(dir, 'forgetful'), ''),
    states: () => statesIn(dir),
    remove: () => {
      process.env.PATH = pathBefore;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function statesIn(dir: string): string[] {
  const jobs = readdirSync(dir).filter(name => name.endsWith('.job'));
  const files = jobs.flatMap(job => readdirSync(join(dir, job)).map(name => join(dir, job, name)));
  return files
    .filter(file => /\/\d+$/.test(file))
    .map(file => (JSON.parse(readFileSync(file, 'utf8')) as { state: string }).state);
}
