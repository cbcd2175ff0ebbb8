import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import baseline from '../../src/cli/commands/baseline.ts';
import gate from '../../src/cli/commands/gate.ts';
import { benchDir } from '../../src/core/places.ts';
import { type Check, decideGate, readBaseline, thresholdsOf } from '../../src/gate/index.ts';
import { loadExperiment } from '../../src/runner/experiments.ts';
import { call } from './called.ts';
import { decisionErrors } from './ci-files.ts';
import { TOP1, useGatePlace, wobble } from './gate-place.ts';

const place = useGatePlace();
const save = (...more: string[]) => call(baseline, 'save', 'main', '--experiment', 'tiny', ...more);
const judge = (...more: string[]) => call(gate, 'tiny', '--baseline', 'main', '--no-run', ...more);
/** Noise that the seed does not share: what a pair's difference has. */
const noise = (seed: number, size: number): number => size * Math.cos(11 * seed);

async function pinned(seeds: number, thresholds = [TOP1]): Promise<void> {
  place().writeExperiment(thresholds);
  await place().record(seeds, seed => 0.1 + wobble(seed));
  expect(await save()).toMatchObject({ code: 0, error: '' });
}

async function judged(...more: string[]) {
  const { code, text } = await judge('--json', ...more);
  expect(decisionErrors(JSON.parse(text))).toEqual([]);
  return { code, ...(JSON.parse(text) as { outcome: string; because: string | null; look: number; checks: Check[] }) };
}

test('equal, better and a little worse pass; clearly worse fails; every decision is kept', async () => {
  await pinned(5);
  expect(await judged()).toMatchObject({ code: 0, outcome: 'pass', look: 1 });
  await place().record(5, seed => 0.103 + wobble(seed) + noise(seed, 0.001));
  expect(await judged()).toMatchObject({ code: 0, outcome: 'pass' });
  await place().record(5, (seed, arm) => (arm === 'low' ? 0.14 : 0.1) + wobble(seed) + noise(seed, 0.001));
  const failed = await judged();
  expect(failed).toMatchObject({ code: 1, outcome: 'fail' });
  expect(failed.checks.map(check => [check.arm, check.outcome])).toEqual([
    ['low', 'fail'],
    ['high', 'pass'],
  ]);
  expect(failed.checks[0]?.worsening).toBeCloseTo(0.04, 2);
  await judged();
  const lines = readFileSync(join(benchDir(), 'gates.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines.map(line => JSON.parse(line).outcome)).toEqual(['fail', 'fail']);
});

test('too noisy: inconclusive says how many seeds it takes, and passes only on request', async () => {
  await pinned(5);
  await place().record(5, seed => 0.108 + wobble(seed) + noise(seed, 0.02));
  const undecided = await judged();
  expect(undecided).toMatchObject({ code: 3, outcome: 'inconclusive', look: 1 });
  expect(undecided.checks[0]?.seedsNeeded).toBeGreaterThan(5);
  expect((await judge('--on-inconclusive', 'pass')).code).toBe(0);
  expect((await judge()).text).toMatch(/INCONCLUSIVE: tiny against main: 2 inconclusive, 5 seeds, look 1 of 2\.\n$/);
});

test('the second look comes by itself, at half of the error each', async () => {
  await pinned(10);
  await place().record(10, seed => 0.1 + wobble(seed) + noise(seed, 0.02));
  const decided = await judged();
  expect(decided).toMatchObject({ code: 3, look: 2 });
  expect(decided.checks[0]).toMatchObject({ level: 0.975, seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] });
  await place().record(10, seed => 0.1 + wobble(seed) + noise(seed, seed <= 5 ? 0.015 : 0.0001));
  expect(await judged()).toMatchObject({ code: 0, outcome: 'pass', look: 2 });
});

test('higher is better, a relative margin, counts that must be equal, all by flags', async () => {
  await pinned(5);
  const exact = await judged('--metric', 'parameters', '--metric', 'macs', '--looks', '5');
  expect(exact).toMatchObject({ code: 0, checks: [{ p: null }, {}, {}, {}] });
  await place().record(5, seed => 0.05 + wobble(seed));
  expect(await judged('--metric', 'test.top1=10%', '--looks', '5')).toMatchObject({ outcome: 'pass' });
  expect(await judged('--metric', 'higher:test.top1=10%', '--looks', '5')).toMatchObject({ outcome: 'fail' });
});

test('steps to an error: compared where both came there, censored where they did not', async () => {
  const metric = 'steps-to:test.top1<=0.2';
  place().writeExperiment([{ metric, direction: 'lower', margin: { absolute: 2 } }]);
  await place().record(5, wobble, [0.5, 0.2, 0.1]);
  expect(await save()).toMatchObject({ code: 0, error: '' });
  expect(await judged()).toMatchObject({ outcome: 'pass', checks: [{ baseline: 2, present: 2 }, {}] });
  await place().record(5, wobble, [0.5, 0.4, 0.3]);
  const censored = await judged();
  expect(censored).toMatchObject({ code: 3, outcome: 'inconclusive' });
  expect(censored.checks[0]?.because).toMatch(/5 seeds never reached it in their steps: how much worse/);
});

test.each([
  ['missing seeds', () => place().record(4, wobble), /present figures: expected seeds 1 to 5, got 1, 2, 3, 4/],
  ['NaN', () => place().record(5, seed => (seed === 3 ? 'NaN' : 0.1)), /present figures: seed 3 is NaN/],
  ['infinite', () => place().record(5, seed => (seed === 2 ? 'Infinity' : 0.1)), /seed 2 is Infinity/],
])('%s: incomparable with the reason, and no number', async (_what, record, reason) => {
  await pinned(5);
  await record();
  const { code, outcome, checks } = await judged();
  expect({ code, outcome }).toEqual({ code: 4, outcome: 'incomparable' });
  expect(checks[0]).toMatchObject({ worsening: null, interval: null, present: null });
  expect(checks[0]?.because).toMatch(reason);
});

test('a changed spec, changed margins, another tier: incomparable as a whole', async () => {
  await pinned(5);
  place().writeExperiment([TOP1], 21);
  expect(await judged()).toMatchObject({
    code: 4,
    because: 'the spec of arm high has changed since the baseline was saved',
  });
  place().writeExperiment([{ ...TOP1, margin: { absolute: 0.5 } }]);
  expect((await judged()).because).toMatch(/thresholds in the spec are not those/);
  place().writeExperiment();
  expect((await judged('--tier', 'smoke')).because).toMatch(/of tier ci, not of smoke/);
});

test('another machine bars time, not errors', async () => {
  await pinned(5);
  const speed = await judged('--metric', 'higher:imagesPerSecond=5%', '--metric', 'test.top1=1pp', '--looks', '5');
  expect(speed.code).toBe(4);
  expect(speed.checks.map(check => check.outcome)).toEqual(['incomparable', 'incomparable', 'pass', 'pass']);
  expect(speed.checks[0]?.because).toMatch(/not known on which machine/);
});

test('a rate per second is better higher, without a word', async () => {
  await pinned(5);
  const saved = readBaseline('main');
  const machine = { cpu: 'x', cores: 2, tensorflow: '2', threads: 1, device: 'cpu' };
  const thresholds = thresholdsOf({ ...saved, machine }, await loadExperiment('tiny'), {
    metric: ['imagesPerSecond=5%', 'a=1'],
  });
  expect(thresholds.map(threshold => threshold.direction)).toEqual(['higher', 'lower']);
  const present = { ...saved, machine: { ...machine, cpu: 'y' } };
  const { checks } = decideGate({ thresholds, baseline: { ...saved, machine }, present, look: 1 });
  expect(checks[0]).toMatchObject({
    outcome: 'incomparable',
    because: 'another machine: cpu was x, is y',
    present: null,
  });
  const same = decideGate({ thresholds, baseline: { ...saved, machine }, present: { ...saved, machine }, look: 1 });
  expect(same.checks[0]).toMatchObject({ metric: 'imagesPerSecond', outcome: 'pass' });
});

test('a baseline of too few seeds is told before anything is run', async () => {
  await pinned(5);
  const { code, text } = await call(gate, 'tiny', '--baseline', 'main', '--looks', '7', '--json');
  expect(code).toBe(4);
  expect(JSON.parse(text).checks[0].because).toMatch(/baseline figures: expected seeds 1 to 7, got 1, 2, 3, 4, 5/);
});

test.each([
  [['--metric', 'test.top1=-1'], /margin: expected a number of at least 0.*got "-1"/],
  [['--metric', 'test.top1'], /expected <metric>=<margin>/],
  [['--metric', 'steps-to:x=5'], /expected steps-to:<curve><=<value>/],
  [['--looks', '10,5'], /looks: expected ascending/],
  [['--looks', '3'], /expected a first look of at least minimumSeeds, 5, got 3/],
  [['--confidence', '2'], /confidence: expected more than 0\.5/],
])('%j is one line and exit code 2', async (flags, line) => {
  await pinned(5);
  const { code, error } = await judge(...flags);
  expect(code).toBe(2);
  expect(error).toMatch(line);
  expect(error).not.toContain('\n');
});

test('a metric that the baseline does not hold is told before anything is run', async () => {
  await pinned(5);
  const ask = (metric: string) => call(gate, 'tiny', '--baseline', 'main', '--metric', metric);
  expect(await ask('tset.top1=1pp')).toMatchObject({
    code: 2,
    error: expect.stringMatching(/^unknown metric of baseline main "tset\.top1"\. Did you mean "test\.top1"/),
  });
  expect(await ask('steps-to:test.top1<=0.2=10%')).toMatchObject({
    code: 4,
    error: expect.stringMatching(/^baseline main holds no steps of steps-to:test\.top1<=0\.2: .* save again\.$/),
  });
});

test.each(['--looks 5', '--minimum-seeds 5', '--tier ci', '--set a=1', '--workers 1', '--no-run', '--baseline main'])(
  '%s beside --base is refused',
  async flags => {
    const refusal = /^error: option '--.*' cannot be used with option '--/;
    await expect(call(gate, '--base', 'HEAD', ...flags.split(' '))).rejects.toThrow(refusal);
  },
);

test.each(['--suite ops', '--margin 5%', '--rounds 8', '--seed 1'])('%s beside --baseline is refused', async flags => {
  await expect(judge(...flags.split(' '))).rejects.toThrow(/cannot be used with option '--baseline <name>'$/);
});

test('a negative margin in the spec, or none at all', async () => {
  await pinned(5);
  place().writeExperiment([{ ...TOP1, margin: { absolute: -0.1 } }]);
  expect(await judge()).toMatchObject({ code: 2, error: expect.stringMatching(/tiny\.ts: field gate\.0\.margin/) });
  expect((await call(gate, 'tiny', '--baseline', 'nain')).error).toMatch(
    /unknown baseline "nain"\. Did you mean "main"/,
  );
});

test('files for a CI: Markdown, JUnit, badge, summary, annotations', async () => {
  await pinned(5);
  await place().record(5, seed => 0.2 + wobble(seed));
  vi.stubEnv('GITHUB_STEP_SUMMARY', 'summary.md');
  vi.stubEnv('GITHUB_ACTIONS', 'true');
  writeFileSync('summary.md', 'before\n');
  expect((await judge('--markdown', 'gate.md', '--junit', 'gate.xml', '--badge', 'gate.svg')).code).toBe(1);
  expect(readFileSync('gate.md', 'utf8')).toMatch(/^### ❌ FAIL: tiny against main: 2 fail, 5 seeds/);
  expect(readFileSync('summary.md', 'utf8')).toMatch(/^before\n### ❌ FAIL/);
  expect(readFileSync('gate.xml', 'utf8')).toMatch(/<testsuites tests="2" failures="2" errors="0">/);
  expect(readFileSync('gate.svg', 'utf8')).toMatch(/aria-label="gate: fail"/);
  expect(await judge('--junit', 'no/such/folder.xml')).toMatchObject({
    code: 4,
    error: expect.stringMatching(/cannot be written/),
  });
});
