/** `bench` alone: from each state of a folder to commands that there are. */
import { describe, expect, test } from 'vitest';
import { adviceFor, type FolderState, type NewestExperiment } from '../../src/cli/set-up/next-steps.ts';
import type { RunState } from '../../src/core/results.ts';
import { unknownCommands } from '../docs/commands.ts';

const newest: NewestExperiment = {
  id: 'mine',
  tier: 'quick',
  isTracked: false,
  isKnown: true,
  command: 'npx bench run mine --tier quick',
  isHeld: false,
  states: ['finished', 'finished'],
  verdict: { outcome: 'confirmed', sentence: 'Confirmed: it helps.', seedsNeeded: null },
  report: 'reports/mine.html',
  isRecorded: false,
};
const undecided = { outcome: 'inconclusive', sentence: 'Inconclusive.', seedsNeeded: 21 } as const;
const about = (change: Partial<NewestExperiment>): Partial<FolderState> => ({ newest: { ...newest, ...change } });
const states = (...some: RunState[]): Partial<FolderState> => about({ states: some, verdict: null });

describe.each<[string, Partial<FolderState>, string, string]>([
  ['no TensorFlow', { isSetUp: false }, 'TensorFlow is not set up here.', 'npx bench doctor --fix'],
  ['an empty folder', {}, 'Nothing was run here yet.', 'npx bench init'],
  [
    'experiments that were never run',
    { experiments: ['mine', 'other'] },
    'Nothing was run here yet. Experiments: mine, other.',
    'npx bench run mine --tier smoke',
  ],
  [
    'one that runs',
    states('finished', 'running'),
    'mine (quick) is running: 1 of 2 cells that were begun are finished.',
    'npx bench watch mine --tier quick',
  ],
  [
    'one that a process holds',
    about({ isHeld: true, states: ['pending'] }),
    'mine (quick) is running: 0 of 1 cells that were begun are finished.',
    'npx bench watch mine --tier quick',
  ],
  [
    'one that was stopped',
    states('finished', 'killed'),
    'mine (quick) was stopped: 1 of 2 cells that were begun are finished.',
    'npx bench run mine --tier quick',
  ],
  [
    'one that was stopped before its verdict',
    states('finished', 'finished'),
    'mine (quick) was stopped: 2 of 2 cells that were begun are finished.',
    'npx bench run mine --tier quick',
  ],
  [
    'one that was stopped and had settings',
    about({ states: ['killed'], verdict: null, command: 'npx bench run mine --tier quick --set steps=9' }),
    'mine (quick) was stopped: 0 of 1 cells that were begun are finished.',
    'npx bench run mine --tier quick --set steps=9',
  ],
  [
    'a verdict of few seeds that more would decide',
    about({ verdict: undecided, command: 'npx bench run mine --tier quick --seeds 3 --set steps=9' }),
    'mine (quick): Inconclusive. Report: reports/mine.html.',
    'npx bench run mine --tier quick --set steps=9 --seeds 21',
  ],
  [
    'one with broken cells',
    states('finished', 'failed', 'crashed'),
    'mine (quick): 2 of 3 cells failed.',
    "npx bench list mine --where 'state = failed or state = crashed'",
  ],
  [
    'a tier that decides nothing',
    about({ tier: 'smoke', verdict: undecided }),
    'mine (smoke): Inconclusive. Report: reports/mine.html.',
    'npx bench run mine',
  ],
  [
    'a verdict that more seeds would decide',
    about({ verdict: undecided }),
    'mine (quick): Inconclusive. Report: reports/mine.html.',
    'npx bench run mine --tier quick --seeds 21',
  ],
  [
    'a verdict that nobody knows how to decide',
    about({ verdict: { ...undecided, seedsNeeded: null } }),
    'mine (quick): Inconclusive. Report: reports/mine.html.',
    'npx bench plan --effect 1sd --noise from:mine',
  ],
  ['a verdict without a page', about({ report: null }), 'mine (quick): Confirmed: it helps.', 'npx bench report mine'],
  [
    'a verdict that is not recorded',
    about({}),
    'mine (quick): Confirmed: it helps. Report: reports/mine.html.',
    'npx bench record mine --tier quick',
  ],
  [
    'a verdict that is',
    about({ isRecorded: true }),
    'mine (quick): Confirmed: it helps. Report: reports/mine.html.',
    'npx bench show mine',
  ],
  [
    'a verdict whose experiment was renamed',
    about({ isKnown: false }),
    'mine (quick): its file is no longer in experiments/.',
    'npx bench list mine',
  ],
  [
    'runs of another program',
    about({ isTracked: true, tier: 'tracked' }),
    'mine (tracked): 2 runs of another program.',
    'npx bench list mine',
  ],
  [
    'a run of another program that goes on',
    about({ isTracked: true, tier: 'tracked', states: ['running'] }),
    'mine (tracked) is running: 0 of 1 cells that were begun are finished.',
    'npx bench serve --open',
  ],
])('%s', (_, state, sentence, first) => {
  const advice = adviceFor({ isSetUp: true, experiments: [], newest: null, ...state });

  test('is told as it is, with what most people want first', () => {
    expect(advice.about).toBe(sentence);
    expect(advice.steps[0]?.command).toBe(first);
  });

  test('leads to commands that there are', () => {
    const spans = advice.steps.map(({ command }) => command);
    expect(spans.every(command => command.startsWith('npx bench '))).toBe(true);
    expect(unknownCommands({ path: '', headings: [], links: [], blocks: [], spans })).toEqual([]);
  });
});
