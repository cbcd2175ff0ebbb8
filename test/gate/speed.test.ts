/** The decision on made-up rounds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../../src/core/random.ts';
import type { SpeedRound } from '../../src/core/speed-round.ts';
import { decideSpeed, lookAt } from '../../src/gate/speed-gate.ts';
import { looksOf, relativeMargin, type SpeedRules } from '../../src/gate/speed-rules.ts';
import { hodgesLehmann, signedRankInterval, signedRankTail } from '../../src/stats/index.ts';
import { rankJudge } from '../calibration/simulate-speed.ts';

const rules = (changes: Partial<SpeedRules> = {}): SpeedRules => ({
  suite: 'made-up',
  margins: { step: 0.05 },
  confidence: 0.95,
  looks: looksOf(32, 0.95),
  ...changes,
});

interface Machine {
  /** Benchmark → head's time over the base's. */
  ratios: Record<string, number>;
  /** Deviation of a log ratio. */
  noise?: number;
  seed?: number;
  /** The control's ratio in this round, from 0. */
  controlRatio?: (round: number) => number;
}

/** Measures what the machine is made to say, and remembers what it was asked. */
function fakeMachine({ ratios, noise = 0.02, seed = 1, controlRatio = () => 1 }: Machine) {
  const draws = stream(seed, 'fake machine');
  const asked: (readonly string[])[] = [];
  const measure = async (names: readonly string[]): Promise<SpeedRound> => {
    const round = asked.push(names) - 1;
    const timesOf = (ratio: (name: string) => number) =>
      Object.fromEntries(names.map(name => [name, 10 * ratio(name) * Math.exp((noise / Math.SQRT2) * draws.normal())]));
    const head = timesOf(name => ratios[name] as number);
    return {
      base: { controlMs: 5, medianMs: timesOf(() => 1), failures: {} },
      head: { controlMs: 5 * controlRatio(round), medianMs: head, failures: {} },
    };
  };
  return { asked, measure };
}

describe('with a machine that is steady', () => {
  test('the same code twice never fails, and a step that is 15 % slower always does', async () => {
    for (let seed = 0; seed < 50; seed++) {
      const same = await decideSpeed(rules(), fakeMachine({ ratios: { step: 1 }, seed }).measure);
      expect(same.outcome).toBe('pass');
      const slower = await decideSpeed(rules(), fakeMachine({ ratios: { step: 1.15 }, seed }).measure);
      expect(slower.outcome).toBe('fail');
    }
  });

  test('times are told in milliseconds of the base', async () => {
    const { checks } = await decideSpeed(rules(), fakeMachine({ ratios: { step: 1.15 }, noise: 0 }).measure);
    expect(checks[0]).toMatchObject({ metric: 'step', arm: 'made-up', outcome: 'fail', baseline: 10, margin: 0.5 });
    expect(checks[0]?.because).toBeNull();
    expect(checks[0]?.present).toBeCloseTo(11.5, 9);
    expect(checks[0]?.interval?.[1]).toBeCloseTo(1.5, 9);
  });

  test('a check says all that it found', async () => {
    const ratios = [1, 1.02, 1.04, 1.06, 1.08, 1.1, 1.12, 1.14];
    const rounds = ratios.map(
      (ratio): SpeedRound => ({
        base: { controlMs: 1, medianMs: { step: 10 }, failures: {} },
        head: { controlMs: 1, medianMs: { step: 10 * ratio }, failures: {} },
      }),
    );
    const [check] = lookAt(rules(), rounds, []);
    const logs = ratios.map(Math.log);
    const level = 1 - 0.05 / 3;
    const [low, high] = signedRankInterval(logs, level) as readonly [number, number];
    expect(check).toEqual({
      ...{ metric: 'step', arm: 'made-up', outcome: 'inconclusive', baseline: 10, margin: 0.5, seedsNeeded: null },
      ...{ level: expect.closeTo(level, 12), seeds: [1, 2, 3, 4, 5, 6, 7, 8], permutationP: 2 / 2 ** 7 },
      because: expect.stringMatching(/^the interval reaches over the margin; about \d+ rounds would decide it$/),
      present: expect.closeTo(10 * Math.exp(hodgesLehmann(logs)), 9),
      worsening: expect.closeTo(10 * Math.exp(hodgesLehmann(logs)) - 10, 9),
      interval: [expect.closeTo(10 * low + 5 * low ** 2, 1), expect.closeTo(10 * Math.exp(high) - 10, 9)],
      p: signedRankTail(logs, Math.log1p(0.05)),
      adjustedP: signedRankTail(logs, Math.log1p(0.05)),
    });
  });

  test('a margin that the times lie on is not decided by any number of rounds', async () => {
    const times = (step: number) => ({ controlMs: 1, medianMs: { step }, failures: {} });
    const ratios = [1.05 * 0.9, 1.05 / 0.9, 1.05 * 0.9, 1.05 / 0.9, 1.05 * 0.9, 1.05 / 0.9, 1.05, 1.05];
    const rounds = ratios.map((ratio): SpeedRound => ({ base: times(1), head: times(ratio) }));
    expect(lookAt(rules(), rounds, [])[0]?.because).toBe('the interval reaches over the margin');
  });

  test('rounds end at the look that decides; only what is open is measured again', async () => {
    const two = rules({ margins: { clear: 0.05, close: 0.05 } });
    const machine = fakeMachine({ ratios: { clear: 1.3, close: 1.05 } });
    const decision = await decideSpeed(two, machine.measure);
    expect(decision).toMatchObject({ outcome: 'fail', look: 3, looks: [8, 16, 32], rounds: 32, moved: 0 });
    expect(machine.asked.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => ['clear', 'close']));
    expect(machine.asked.slice(8)).toEqual(Array.from({ length: 24 }, () => ['close']));
    expect(decision.checks.map(check => check.outcome)).toEqual(['fail', 'inconclusive']);
    expect(decision.checks[1]?.because).toMatch(/the interval reaches over the margin/);
    expect((await decideSpeed(two, fakeMachine({ ratios: { clear: 1, close: 0.9 } }).measure)).rounds).toBe(8);
  });

  test('beside many benchmarks a fail needs more than alone', () => {
    const slower = (name: string, ratio: number): SpeedRound => ({
      base: { controlMs: 1, medianMs: { [name]: 1, a: 1, b: 1, c: 1, d: 1 }, failures: {} },
      head: { controlMs: 1, medianMs: { [name]: ratio, a: 1, b: 1, c: 1, d: 1 }, failures: {} },
    });
    const rounds = Array.from({ length: 8 }, (_, i) => slower('step', 1.1 + i / 100));
    expect(lookAt(rules(), rounds, [])[0]).toMatchObject({ outcome: 'fail', p: 1 / 256 });
    const many = rules({ margins: { step: 0.05, a: 0.05, b: 0.05, c: 0.05, d: 0.05 } });
    expect(lookAt(many, rounds, [])[0]).toMatchObject({ outcome: 'inconclusive', adjustedP: 5 / 256 });
  });
});

describe('with a machine that moves', () => {
  test('rounds in which the control moved are made again', async () => {
    const moves = (round: number) => (round % 3 === 0 ? 1.2 : 1);
    const machine = fakeMachine({ ratios: { step: 1.15 }, controlRatio: moves });
    expect(await decideSpeed(rules(), machine.measure)).toMatchObject({ outcome: 'fail', rounds: 12, moved: 4 });
  });

  test('it has moved where the control took longer than the smallest margin tolerates', async () => {
    const movedBy = async (ratio: number, margins: Record<string, number>) => {
      const names = Object.keys(margins);
      const ratios = Object.fromEntries(names.map(name => [name, 1]));
      const machine = fakeMachine({ ratios, controlRatio: round => (round === 0 ? ratio : 1) });
      return (await decideSpeed(rules({ margins }), machine.measure)).moved;
    };
    expect(await movedBy(1.1, { a: 0.3, b: 0.05 })).toBe(1);
    expect(await movedBy(1 / 1.1, { a: 0.3, b: 0.05 })).toBe(1);
    expect(await movedBy(1.1, { a: 0.3, b: 0.2 })).toBe(0);
    expect(await movedBy(2, { a: 1 })).toBe(0);
  });

  test('if it does not come to rest nothing is decided, and rounds have an end', async () => {
    const machine = fakeMachine({ ratios: { step: 1.5 }, controlRatio: round => (round < 3 ? 1 : 0.9) });
    const decision = await decideSpeed(rules(), machine.measure);
    expect(decision).toMatchObject({ outcome: 'inconclusive', rounds: 35, moved: 32 });
    expect(decision.checks[0]?.because).toBe('the machine moved in 32 of 35 rounds');
    expect(machine.asked).toHaveLength(35);
  });

  test('what was decided before it moved stays decided', async () => {
    const ratios = { clear: 1.3, close: 1.05 };
    const machine = fakeMachine({ ratios, controlRatio: round => (round < 8 ? 1 : 2) });
    const decision = await decideSpeed(rules({ margins: { clear: 0.05, close: 0.05 } }), machine.measure);
    expect(decision.checks.map(check => check.outcome)).toEqual(['fail', 'inconclusive']);
  });
});

test('what one side cannot measure is incomparable, with the reason and no number', async () => {
  const measure = async (): Promise<SpeedRound> => ({
    base: { controlMs: 1, medianMs: {}, failures: { step: 'conv3d is not a function' } },
    head: { controlMs: 1, medianMs: { step: 1 }, failures: {} },
  });
  const { outcome, checks } = await decideSpeed(rules(), measure);
  expect(outcome).toBe('incomparable');
  expect(checks[0]).toMatchObject({ because: 'base: conv3d is not a function', baseline: null, interval: null });
  const fine = { controlMs: 1, medianMs: { step: 1 }, failures: {} };
  const because = (round: SpeedRound) => lookAt(rules(), [{ base: fine, head: fine }, round], [])[0]?.because;
  expect(because({ base: fine, head: { ...fine, failures: { step: 'it fell' } } })).toBe('head: it fell');
  expect(because({ base: fine, head: { ...fine, medianMs: {} } })).toBe('head: not measured');
  expect(because({ base: { ...fine, medianMs: {} }, head: { ...fine, medianMs: {} } })).toBe('base: not measured');
});

test('rules that can decide nothing are refused in one line', () => {
  expect(looksOf(32, 0.95)).toEqual([8, 16, 32]);
  expect(looksOf(7, 0.95)).toEqual([2, 4, 7]);
  expect(() => looksOf(6, 0.95)).toThrow(/^rounds: expected at least 7 at confidence 0\.95, got 6\.$/);
  for (const none of [0.5, 1])
    expect(() => looksOf(32, none)).toThrow(`confidence: expected a number between 0.5 and 1, got ${none}.`);
  expect(() => looksOf(32, 95)).toThrow(/^confidence: expected a number between 0\.5 and 1, got 95\.$/);
  expect(relativeMargin('3%')).toBe(0.03);
  for (const wrong of ['3', '0%', '0.5pp']) expect(() => relativeMargin(wrong)).toThrow(/^margin of a time: expected/);
});

const logs = (n: number) => fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n, maxLength: n });

test('the one-sided p is below a tail exactly where the interval lies above the bound', () => {
  fc.assert(
    fc.property(logs(9), fc.double({ min: -0.5, max: 0.5, noNaN: true }), (values, bound) => {
      const [low] = signedRankInterval(values, 0.95) as readonly [number, number];
      expect(signedRankTail(values, bound) <= 0.025).toBe(low > bound);
    }),
  );
});

test('the simulation decides as the gate does', () => {
  const judge = rankJudge(16, 1 - 0.05 / 3);
  fc.assert(
    fc.property(logs(16), values => {
      const rounds = values.map(
        (log): SpeedRound => ({
          base: { controlMs: 1, medianMs: { step: 1 }, failures: {} },
          head: { controlMs: 1, medianMs: { step: Math.exp(log) }, failures: {} },
        }),
      );
      const [check] = lookAt(rules({ margins: { step: 0.1 } }), rounds, []);
      const { outcome, p } = judge(Float64Array.from(values), Math.log1p(0.1));
      expect(outcome).toBe(check?.outcome);
      expect(p).toBe(check?.p);
    }),
  );
});
