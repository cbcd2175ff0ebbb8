import type { AttemptCounts } from './claims.ts';

/** What is always stopped before it gets anywhere must end too. */
const MOST_STOPS = 50;

/** As many attempts as a run may have had, and as many of its own failures. */
export interface Chances {
  attempts: number;
  failures: number;
}

/** Who starts a run again by hand gives it new ones. */
export function newChances({ all, failed }: AttemptCounts, retries: number): Chances {
  return { attempts: all + MOST_STOPS, failures: failed + retries };
}

export function isExhausted({ all, failed }: AttemptCounts, { attempts, failures }: Chances): boolean {
  return failed > failures || all >= attempts;
}
