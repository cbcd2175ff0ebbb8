/** Arms as a chart tells them apart: the first factor by colour, the last by dashes, if there are two. */
import type { ExperimentResults, RunSummary } from '../../core/results.ts';

export interface ArmLook {
  arm: string;
  colour: string;
  dash: string;
}

export function armLooks(results: ExperimentResults): ArmLook[] {
  const { colour, dash } = factorNames(results);
  return results.arms.map(arm => {
    const levels = results.runs.find(run => run.arm === arm)?.levels ?? {};
    return { arm, colour: levels[colour] ?? arm, dash: levels[dash] ?? '' };
  });
}

/** Names of the factors, in the order of the levels. */
export function factorNames({ experiment }: ExperimentResults): { colour: string; dash: string } {
  const names = Object.keys(experiment.factors);
  return { colour: names[0] ?? 'arm', dash: names.length > 1 ? (names.at(-1) as string) : '' };
}

/** Final figures of finished runs. */
export function finalValues({ runs }: ExperimentResults, metric: string): { run: RunSummary; value: number }[] {
  return runs.flatMap(run => {
    const value = run.metrics[metric];
    return run.state === 'finished' && value !== undefined && Number.isFinite(value) ? [{ run, value }] : [];
  });
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

/** Encodings shared by all charts of arms: levels keep the order of the experiment's file. */
export function armEncoding(results: ExperimentResults) {
  const looks = armLooks(results);
  const names = factorNames(results);
  const dashes = distinct(looks.map(look => look.dash));
  const patterns = dashes.map((_, i) => (i === dashes.length - 1 ? [1, 0] : [6 - 2 * i, 3]));
  return {
    color: {
      field: 'colour',
      type: 'nominal',
      title: names.colour,
      scale: { domain: distinct(looks.map(look => look.colour)) },
    },
    ...(dashes.length > 1 && {
      strokeDash: {
        field: 'dash',
        type: 'nominal' as const,
        title: names.dash,
        scale: { domain: dashes, range: patterns },
      },
    }),
  } as const;
}
