/** Somebody's own net, in somebody's own repository, has become worse. */
import { spawn } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { Repository } from '../git-repository.ts';
import { MAIN, RunningBench } from './bench.ts';

vi.setConfig({ testTimeout: 240_000 }); // whole processes, on machines that may be busy

const EXPERIMENT = `import { defineExperiment } from 'convbench';
export default defineExperiment({
  id: 'mine',
  title: 'Two rates',
  question: 'Does it train?',
  source: 'a test',
  base: {
    net: 'mine',
    dataset: 'fashion-mnist',
    steps: 30,
    batch: 32,
    precision: 'float32',
    optimiser: { kind: 'sgd', rate: 0.002, momentum: 0.9 },
    lastSteps: 5,
    evaluate: { every: 30, images: 100, final: 100 },
  },
  factors: { rate: { low: {}, high: { optimiser: { rate: 0.004 } } } },
  tiers: { ci: { seeds: 3, decides: true, about: 'a test' } },
  claims: [
    { id: 'differs', kind: 'superiority', statement: 'rates differ', metric: 'train.loss', unit: 'nats', contrast: { low: 1, high: -1 }, margin: 0, published: '-' },
  ],
  limits: [],
  history: [],
});
`;

const net = (seen: string): string => `import { defineNet, layers } from 'convbench';
export default defineNet({
  name: 'mine',
  family: 'mine',
  year: 2026,
  source: 'a test',
  paperInput: { shape: [28, 28, 1], classes: 10 },
  options: {},
  build(_, { shape, classes }) {
    const x = layers.input(shape);
    return layers.dense('output', ${seen}, { units: classes });
  },
});
`;
const PIXELS = "layers.flatten('all', x)";
/** All that is left of an image is how bright it is. */
const BRIGHTNESS = "layers.globalAveragePool('mean', x)";

test('bisect finds the commit in a repository of nets', async () => {
  const project = new Repository({
    'experiments/mine.ts': EXPERIMENT,
    'nets/mine.ts': net(PIXELS),
    '.gitignore': '.bench/\nreports/\n',
  });
  const good = project.git('rev-parse', 'HEAD').trim();
  project.write({ 'nets/mine.ts': net(BRIGHTNESS) });
  const worse = project.commit();
  project.write({ 'README.md': 'Mine\n' });
  project.commit();
  project.write({ 'nets/mine.ts': 'not committed, and no net' });
  const asked = ['--good', good, '--experiment', 'mine', '--metric', 'train.loss', '--looks', '3', '--json'];
  const { exitCode, stdout, stderr } = await bench(project.folder, 'gate', 'bisect', ...asked);
  expect(exitCode, stderr).toBe(0);
  const { suspects, confidence } = JSON.parse(stdout);
  expect(suspects).toEqual([{ hash: worse, subject: 'x' }]);
  expect(confidence).toBeGreaterThanOrEqual(0.95);
  expect(stderr).toContain('Changes of 1 files are not committed: they are not searched.');
  expect(project.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  expect(project.git('status', '--porcelain')).toBe(' M nets/mine.ts\n');
});

function bench(cwd: string, ...args: string[]): RunningBench['outcome'] {
  const { BENCH_DIR: _, ...env } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new RunningBench(child).outcome;
}
