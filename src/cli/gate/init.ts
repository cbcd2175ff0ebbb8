/** `bench gate init`: the gate as a job of a CI. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, UserError } from '../../core/errors.ts';
import { packageRoot } from '../../core/places.ts';
import { baselineNames, checkThresholds, readBaseline } from '../../gate/index.ts';
import { loadExperiment } from '../../runner/experiments.ts';

interface CiFile {
  /** In templates/. */
  template: string;
  path: string;
  /** What is left to do. */
  next: string;
}

const FILES = {
  github: {
    template: 'github.yml',
    path: '.github/workflows/bench-gate.yml',
    next: 'Commit it; the next pull request is gated.',
  },
  gitlab: {
    template: 'gitlab.yml',
    path: '.gitlab/bench-gate.yml',
    next: 'Commit it, with this in .gitlab-ci.yml:\ninclude:\n  - local: .gitlab/bench-gate.yml',
  },
} satisfies Record<string, CiFile>;

type Ci = keyof typeof FILES;

export interface InitOptions {
  ci: Ci;
  /** Default: the only one. */
  baseline?: string;
  force?: boolean;
}

export async function gateInit({ ci, baseline, force = false }: InitOptions): Promise<number> {
  const { template, path, next } = FILES[ci];
  const name = baseline ?? onlyBaseline();
  const { experiment, thresholds } = readBaseline(name);
  if (thresholds.length === 0) await requireThresholds(experiment);
  if (existsSync(path) && !force)
    throw new UserError(`${path} exists and was not changed. Give --force to replace it.`);
  const text = readFileSync(join(packageRoot, 'templates', template), 'utf8');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text.replaceAll('EXPERIMENT', shellWord(experiment)).replaceAll('BASELINE', shellWord(name)));
  process.stdout.write(`Written: ${path}\n${next}\n`);
  return EXIT.ok;
}

/** A job that knows no margin would end in an error. */
async function requireThresholds(experiment: string): Promise<void> {
  checkThresholds((await loadExperiment(experiment)).gate ?? [], experiment);
}

/** It is going to stand in a script. */
function shellWord(name: string): string {
  if (/^[\w.-]+$/.test(name)) return name;
  throw new UserError(`gate init: expected a name of letters, digits, ".", "_" and "-", got "${name}".`);
}

function onlyBaseline(): string {
  const names = baselineNames();
  if (names.length === 1) return names[0] as string;
  if (names.length > 1) throw new UserError(`gate init: expected --baseline, one of ${names.join(', ')}.`);
  throw new UserError(
    'gate init: there is nothing in baselines/ to gate against. "npx bench baseline save NAME --experiment EXPERIMENT" makes one.',
    { exitCode: EXIT.noData },
  );
}
