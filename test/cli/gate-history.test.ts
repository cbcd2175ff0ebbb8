import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import baseline from '../../src/cli/commands/baseline.ts';
import gate from '../../src/cli/commands/gate.ts';
import { benchDir } from '../../src/core/places.ts';
import type { GateSeries } from '../../src/gate/index.ts';
import { asCommand, call } from './called.ts';
import { useGatePlace, wobble } from './gate-place.ts';

const place = useGatePlace();
const history = asCommand(gate, 'history');

/** One decision of the real gate, then the same at other commits with other figures. */
async function gatedAt(values: Record<string, number>): Promise<void> {
  place().writeExperiment();
  await place().record(5, seed => 0.1 + wobble(seed));
  await call(baseline, 'save', 'main', '--experiment', 'tiny');
  await place().record(5, seed => 0.1 + 2 * wobble(seed));
  await call(gate, 'tiny', '--baseline', 'main', '--no-run');
  const path = join(benchDir(), 'gates.jsonl');
  const { checks, ...decided } = JSON.parse(readFileSync(path, 'utf8'));
  for (const [commit, present] of Object.entries(values)) {
    const moved = checks.map((check: object) => ({ ...check, present }));
    appendFileSync(path, `${JSON.stringify({ ...decided, commit, dirty: false, checks: moved })}\n`);
  }
}

const STEP = { a0a0a0a0: 0.1, a1a1a1a1: 0.1005, b0b0b0b0: 0.15, b1b1b1b1: 0.1502 };

test('the table marks the commit at which the level changed', async () => {
  await gatedAt(STEP);
  const { code, text } = await call(history, 'test.top1');
  expect(code).toBe(0);
  expect(text).toMatch(/^test\.top1 of low, tiny ci: 1 change of level/);
  expect(text).toMatch(/^b0b0b0b0 .* pass {2,}0\.0998\d* → 0\.150\d*$/m);
});

test('the figures as JSON, with the commit that was judged; a decision tells it', async () => {
  await gatedAt(STEP);
  const series = JSON.parse((await call(history, 'test.top1', '--json')).text) as GateSeries[];
  expect(series.map(({ arm }) => arm)).toEqual(['low', 'high']);
  expect(series[0]?.points.map(point => point.commit).slice(1)).toEqual(Object.keys(STEP));
  expect(series[0]?.points[0]?.commit).toMatch(/^[0-9a-f]{40}$/);
  expect(series[0]?.changes).toMatchObject([{ at: 3 }]);
});

test('a chart in each format, with every point', async () => {
  await gatedAt(STEP);
  for (const file of ['history.svg', 'history.json', 'history.csv'])
    expect((await call(history, 'test.top1', '--out', file)).code).toBe(0);
  expect(readFileSync('history.svg', 'utf8')).toMatch(/^<svg[\s\S]*a1a1a1a1[\s\S]*<\/svg>/);
  expect(JSON.parse(readFileSync('history.json', 'utf8')).description).toMatch(/Levels: low 0\.0998\d* → 0\.15/);
  expect(readFileSync('history.csv', 'utf8').trimEnd().split('\n')).toHaveLength(1 + 2 * 5);
});

test('what is not there is one line; a line that is no decision is told and passed over', async () => {
  expect(await call(history, 'test.top1')).toMatchObject({
    code: 4,
    error: 'gate history: no gate has compared "test.top1". Compared were: nothing yet.',
  });
  await gatedAt(STEP);
  appendFileSync(join(benchDir(), 'gates.jsonl'), '{"schema":1,"outco');
  expect((await call(history, 'test.top1')).code).toBe(0);
  expect((await call(history, 'test.loss')).error).toMatch(/"test\.loss"\. Compared were: test\.top1\.$/);
  expect((await call(history, 'test.top1', '--experiment', 'other')).error).toMatch(/no gate of other has compared/);
  expect((await call(history, 'test.top1', '--out', 'a.bmp')).error).toMatch(/expected a file ending in \.svg/);
});
