/** The gate on real changes of this project's own code: regressions must fail, innocent changes must not. */
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { ProjectCopy, readmeSteps } from './project-copy.ts';

const DECAY = 'tf.add(gradient, tf.mul(scalars.weightDecay as Tensor, weight))';
const FLIPPED = DECAY.replace('add', 'sub');

vi.setConfig({ testTimeout: 240_000 }); // whole processes, on machines that may be busy

test('the README’s three lines are the steps of this project’s own workflow', () => {
  const workflow = parse(readFileSync('.github/workflows/bench-gate.yml', 'utf8'));
  expect(readmeSteps()).toHaveLength(3);
  expect(workflow.jobs.gate.steps).toEqual(readmeSteps());
});

describe('in a copy of this project', () => {
  const copy = new ProjectCopy();
  let innocent: string;
  let flipped: string;

  test('an innocent refactoring passes', async () => {
    innocent = copy.change(
      'src/engine/optimisers/sgd.ts',
      'const direction = nesterov ?',
      'const ahead = nesterov;\n    const direction = ahead ?',
    );
    const { exitCode, stdout, stderr } = await copy.ci();
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toMatch(/^PASS: few-images against few-images/m);
    expect(stderr).toMatch(/\d+ cells/); // other code is trained anew
  });

  test('weight decay with the wrong sign fails', async () => {
    copy.change('README.md', '# convbench', '# Convbench');
    flipped = copy.change('src/engine/optimisers/index.ts', DECAY, FLIPPED);
    const { exitCode, stdout, stderr } = await copy.ci();
    expect(exitCode, stderr).toBe(1);
    expect(stdout).toMatch(/^FAIL: few-images against few-images/m);
  });

  test('bisect finds that commit among others, from what was run already', async () => {
    const last = copy.change('README.md', '# Convbench', '# convbench');
    const asked = [
      '--good',
      innocent,
      '--bad',
      last,
      '--experiment',
      'few-images',
      '--metric',
      'test.top1',
      '--looks',
      '3',
    ];
    const { exitCode, stdout, stderr } = await copy.bench('gate', 'bisect', ...asked, '--json');
    expect(exitCode, stderr).toBe(0);
    const found = JSON.parse(stdout);
    expect(found.suspects.map(({ hash }: { hash: string }) => hash)).toEqual([flipped]);
    expect(found.confidence).toBeGreaterThanOrEqual(0.95);
    expect(stderr).toContain('0 of 6 cells to run');
  });

  test('dropped augmentation fails, in the arm that has some; three seeds alone do not prove it', async () => {
    copy.change('src/engine/optimisers/index.ts', FLIPPED, DECAY);
    copy.change(
      'src/data/_batches.ts',
      'stored, input.augment, format, drawsAt(i))',
      'stored, [], format, drawsAt(i))',
    );
    const few = await copy.ci('--looks', '3', '--confidence', '0.999');
    expect(few.exitCode, few.stderr).toBe(3);
    expect(few.stdout).toMatch(/^INCONCLUSIVE: few-images against few-images: 1 inconclusive, 5 pass, 3 seeds/m);
    const { exitCode, stdout, stderr } = await copy.ci();
    expect(exitCode, stderr).toBe(1);
    expect(stdout).toMatch(/^fail +test\.top1 +shifted/m);
    expect(stdout).toMatch(/^pass +test\.top1 +still/m);
  });
});
