import { expect, test } from 'vitest';
import type { ClaimVerdict } from '../../src/core/results.ts';
import { lastVerdicts, saveVerdicts } from '../../src/tracking/queries.ts';
import { attempt, cellEvent, end, finishedRun, point } from '../tracking/events.ts';
import { bench, newPlace, openAll, type Place, writeJournal } from '../tracking/journals.ts';

const provenance = { type: 'provenance', time: 1, provenance: { code: { commit: 'c0ffee', dirty: false } } } as const;

function filledPlace(): Place {
  const place = newPlace();
  const top1 = { type: 'metric', time: 1, name: 'test.top1', value: 0.125 } as const;
  writeJournal(place, 'a00000000001', finishedRun('a00000000001', {}, provenance, top1, point(4, 'NaN')));
  const failed = [attempt('ab0000000002'), cellEvent({ arm: 'residual-34' }), end('failed', { reason: 'loss is NaN' })];
  writeJournal(place, 'ab0000000002', failed);
  return place;
}

test('a run: what it is, its figures, curves, attempts, configuration, provenance, folder and log', async () => {
  const place = filledPlace();
  const { stdout, stderr, code } = await bench(place, 'show', 'a0');
  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  for (const line of [
    /^run a00000000001$/m,
    /^ {2}state +finished$/m,
    /^ {2}step +10 of 10$/m,
    /^ {2}test\.top1 +12\.5 %$/m,
    /^ {2}train\.loss +4 +1 +0\.3333 +NaN$/m,
    /^ {2}1 +steps 0 to 10, finished \(/m,
    /^ {2}optimiser\.rate +0\.1$/m,
    /^ {2}code\.commit +c0ffee$/m,
  ]) {
    expect(stdout).toMatch(line);
  }
  expect(stdout).toContain(`${place.runs}/a00000000001/log.txt`);
});

test('a run that failed tells why; one without provenance has no such section', async () => {
  const { stdout } = await bench(filledPlace(), 'show', 'ab');
  expect(stdout).toMatch(/state +failed: loss is NaN$/m);
  expect(stdout).not.toMatch(/^(provenance|curves|final figures)$/m);
});

test('a run as JSON', async () => {
  const { stdout } = await bench(filledPlace(), 'show', 'a0', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    id: 'a00000000001',
    params: { 'optimiser.rate': 0.1 },
    provenance: { code: { commit: 'c0ffee' } },
    curves: [{ metric: 'train.loss', points: 4, first: 1, last: 'NaN' }],
  });
});

test('an experiment: its cells and its last verdicts', async () => {
  const place = filledPlace();
  const { store, recorder } = openAll(place);
  recorder.ingestAll();
  const verdict = { claim: { id: 'c' }, outcome: 'inconclusive', sentence: 'Not decided.', effect: Number.NaN };
  const scope = { experiment: 'degradation-34', tier: 'quick', specHash: 'spec-1' } as const;
  saveVerdicts(store, scope, [verdict as unknown as ClaimVerdict]);
  expect(lastVerdicts(store, scope)).toHaveLength(1);
  const json = JSON.parse((await bench(place, 'show', 'degradation-34', '--json')).stdout);
  expect(json).toMatchObject({
    ...scope,
    cells: [
      { arm: 'plain-34', state: 'finished' },
      { arm: 'residual-34', state: 'failed' },
    ],
    verdicts: [{ outcome: 'inconclusive', effect: 'NaN' }],
  });
  const { stdout } = await bench(place, 'show', 'degradation-34');
  expect(stdout).toMatch(/plain-34 .*finished.*residual-34 .*failed.*\n\? Not decided\.\n$/s);
}, 30_000);

test('mistakes are one line each, with their exit code', async () => {
  const place = filledPlace();
  const cases: [string[], number, RegExp][] = [
    [['show', 'ff'], 2, /no run whose id begins with "ff"/],
    [['show', 'degradation-35'], 2, /unknown experiment or run "degradation-35". Did you mean "degradation-34"\?/],
    [['show', 'a'], 2, /"a" begins the ids of several runs: .*a00000000001/],
    [['show'], 2, /missing required argument/],
    [['show', 'degradation-34', '--tier', 'full'], 2, /degradation-34 has no runs at tier full/],
  ];
  for (const [args, code, message] of cases) {
    const result = await bench(place, ...args);
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(message);
    expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
  }
  const nothing = await bench({ ...place, dir: `${place.dir}/none` }, 'show', 'x');
  expect(nothing).toMatchObject({ code: 4, stdout: '' });
  expect(nothing.stderr).toMatch(/^bench: nothing is known of "x": no runs yet\..*\n$/);
}, 30_000);
