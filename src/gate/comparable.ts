/** Why figures cannot be compared. A reason stands instead of a number, never beside one. */
import { isOfTheMachine } from '../core/machine-type.ts';
import type { Machine, Measured } from './measured.ts';

/** The same question, asked of the same images: anything else bars every metric. Null if all is equal. */
export function differenceOf(baseline: Measured, present: Measured): string | null {
  if (baseline.experiment !== present.experiment)
    return `the baseline is of experiment ${baseline.experiment}, not of ${present.experiment}`;
  if (baseline.tier !== present.tier) return `the baseline is of tier ${baseline.tier}, not of ${present.tier}`;
  const spec = unequal(baseline.spec, present.spec);
  if (spec) return `the spec of arm ${spec} has changed since the baseline was saved`;
  const data = unequal(baseline.data, present.data);
  return data ? `the dataset of arm ${data} is not the baseline's` : null;
}

/** Another machine bars what measures the machine. */
export function machineDifference(metric: string, baseline: Machine | null, present: Machine | null): string | null {
  if (!isOfTheMachine(metric)) return null;
  if (!baseline || !present) return 'it is not known on which machine it was measured';
  const names = Object.keys(baseline) as (keyof Machine)[];
  const other = names.find(name => baseline[name] !== present[name]);
  return other ? `another machine: ${other} was ${baseline[other]}, is ${present[other]}` : null;
}

function unequal(a: Record<string, string>, b: Record<string, string>): string | undefined {
  return namesOfBoth(a, b).find(arm => a[arm] !== b[arm]);
}

/** Sorted, each once. */
export const namesOfBoth = (a: object, b: object): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
