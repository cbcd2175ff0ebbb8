import { fixture } from './fixture.ts';

/** Written by scripts/gate-fixtures.py with SciPy and statsmodels. */
export const GATE = fixture<{
  signedRank: { values: number[]; p: number }[];
  hodgesLehmann: { values: number[]; level: number; median: number; interval: [number, number] | null }[];
  holm: { ps: number[]; adjusted: number[] }[];
  power: { effect: number; pairs: number; level: number; power: number }[];
}>('gate');
