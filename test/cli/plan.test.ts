import { expect, test } from 'vitest';
import plan from '../../src/cli/commands/plan.ts';
import { call } from './called.ts';
import { useGatePlace, wobble } from './gate-place.ts';

const place = useGatePlace();
const json = async (...args: string[]) => JSON.parse((await call(plan, ...args, '--json')).text);

test('seeds for an effect of half a deviation are those of the textbook', async () => {
  const { needed } = await json('--effect', '0.5pp', '--noise', '1pp');
  expect(needed).toEqual([
    { power: 0.8, seeds: 34, durationMs: null },
    { power: 0.95, seeds: 54, durationMs: null },
  ]);
  expect((await json('--effect', '0.5sd', '--noise', '7')).needed[0].seeds).toBe(34);
  expect((await call(plan, '--effect', '0.5pp', '--noise', '1pp')).text).toMatch(/0\.8 +34 +unknown\n/);
});

test('noise and time from the runs of an experiment', async () => {
  place().writeExperiment();
  const effects = [0.1, 0.12, 0.08, 0.1, 0.11];
  await place().record(5, (seed, arm) => 0.2 + wobble(seed) + (arm === 'low' ? (effects[seed - 1] as number) : 0));
  const { noise, needed } = await json('--effect', '0.05', '--noise', 'from:tiny');
  expect(noise).toMatchObject({ seeds: 5, source: 'tiny, claim differs, ci', msPerSeed: 122_000 });
  expect(noise.deviation).toBeCloseTo(0.014832, 6);
  expect(needed[0].durationMs).toBe(122_000 * needed[0].seeds);
});

test.each<[string[], number, RegExp]>([
  [[], 2, /expected --effect/],
  [['--effect', '1pp'], 2, /expected --noise/],
  [['--effect', '2%', '--noise', '1'], 2, /of what\?/],
  [['--effect', '0', '--noise', '1'], 2, /expected more than 0/],
  [['--effect', '1', '--noise', '0'], 2, /expected more than 0/],
  [['--effect', '1', '--noise', 'x'], 2, /expected a number of at least 0/],
  [['--effect', '1', '--noise', '1', '--confidence', '3'], 2, /--confidence/],
  [['--effect', '1', '--noise', 'from:tiny'], 4, /expected finished runs of at least 3 seeds for claim differs, got 0/],
  [['--effect', '1', '--noise', 'from:tiny', '--claim', 'differ'], 2, /Did you mean "differs"/],
])('%j is one line', async (args, code, line) => {
  place().writeExperiment();
  const answer = await call(plan, ...args);
  expect(answer).toMatchObject({ code, error: expect.stringMatching(line) });
});

test('equal differences are no noise to plan with', async () => {
  place().writeExperiment();
  await place().record(3, () => 0.5);
  expect(await call(plan, '--effect', '1', '--noise', 'from:tiny')).toMatchObject({
    code: 4,
    error: expect.stringMatching(/all equal/),
  });
});
