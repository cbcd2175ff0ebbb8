/** What one fault did: a line of the file that the long form writes. */
export interface Trial {
  kind: string;
  /** Of the process that met the fault; 0 if the fault is in a file. */
  pid: number;
  /** When it came, in words. */
  moment: string;
  /** Points whose call had returned, counted by the killer over a pipe of its own. */
  acknowledged: number;
  /** Points of these runs in the store, once everything was recorded. */
  found: number;
  /** Acknowledged points that are neither in the store nor destroyed on disk by the fault itself. */
  lost: number;
  /** Points or runs that were counted more than once. */
  duplicated: number;
  /** States that were not true, in words. */
  falseStates: string[];
  /** What SQLite says of the store: `ok`. */
  integrity: string;
  note?: string;
}

export interface Summary {
  faults: number;
  runs: number;
  acknowledged: number;
  lost: number;
  duplicated: number;
  falseStates: number;
}

export function summarise(trials: readonly Trial[], runs: number): Summary {
  const sum = (figureOf: (trial: Trial) => number): number =>
    trials.reduce((total, trial) => total + figureOf(trial), 0);
  return {
    faults: trials.length,
    runs,
    acknowledged: sum(trial => trial.acknowledged),
    lost: sum(trial => trial.lost),
    duplicated: sum(trial => trial.duplicated),
    falseStates: sum(trial => trial.falseStates.length),
  };
}

export const isGood = (trial: Trial): boolean =>
  trial.lost === 0 && trial.duplicated === 0 && trial.falseStates.length === 0 && trial.integrity === 'ok';
