/** A copy of this project as it now is, in a repository of its own, whose code a test may spoil. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { parse } from 'yaml';
import { Repository } from '../git-repository.ts';
import { type Outcome, RunningBench } from './bench.ts';

interface Step {
  uses?: string;
  run?: string;
}

/** The three lines of CI in README.md. */
export function readmeSteps(): Step[] {
  const [, block = ''] = /```yaml\n((?:- .*\n){3})```/.exec(readFileSync('README.md', 'utf8')) ?? [];
  return parse(block) as Step[];
}

/** What the workflow sets for its job. */
function jobVariables(): Record<string, string> {
  return parse(readFileSync('.github/workflows/bench-gate.yml', 'utf8')).jobs.gate.env;
}

/** To be made in a `describe`, whose tests share it. */
export class ProjectCopy extends Repository {
  constructor() {
    const names = git('ls-files', '--cached', '--others', '--exclude-standard', '-z').split('\0').filter(existsSync);
    super(Object.fromEntries(names.map(name => [name, readFileSync(name)])), afterAll);
    this.#linkPackages();
    cpSync('dist', join(this.folder, 'dist'), { recursive: true, preserveTimestamps: true });
  }

  /** Replaces what must be there once, and commits. */
  change(file: string, from: string, to: string): string {
    const path = join(this.folder, file);
    const text = readFileSync(path, 'utf8');
    if (text.split(from).length !== 2) throw new Error(`${file}: expected "${from}" once`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
    return this.commit();
  }

  /** What a CI runs after it has checked out: the `run:` lines, with the job's variables. */
  async ci(...flags: string[]): Promise<Outcome> {
    const commands = readmeSteps().flatMap(({ run }) => run ?? []);
    return this.run(['sh', '-ec', [...commands, ...flags].join(' ')]);
  }

  bench(...args: string[]): Promise<Outcome> {
    return this.run([process.execPath, join(this.folder, 'dist/src/cli/main.js'), ...args]);
  }

  run([program = '', ...args]: string[]): Promise<Outcome> {
    const { BENCH_DIR: _, GITHUB_ACTIONS: __, GITHUB_STEP_SUMMARY: ___, ...env } = process.env;
    const child = spawn(program, args, {
      cwd: this.folder,
      env: { ...env, ...jobVariables(), NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new RunningBench(child).outcome;
  }

  /** One by one: whatever is done to the copy's folder, ours stays. */
  #linkPackages(): void {
    const folder = join(this.folder, 'node_modules');
    mkdirSync(folder);
    for (const name of readdirSync('node_modules'))
      symlinkSync(join(process.cwd(), 'node_modules', name), join(folder, name));
  }
}

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 26 });
