/** results.json and sittings.json: what was measured, and when, where and with what. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckRow } from './check.ts';
import type { Machine } from './machine.ts';
import type { ResultRow } from './rows.ts';
import { SCRIPTS } from './venv.ts';

export interface Sitting {
  /** ISO 8601; its rows name it. */
  date: string;
  machine: Machine;
  versions: Record<string, string>;
  rounds: number;
  seconds: number;
  checks: readonly CheckRow[];
}

type KeptRow = ResultRow & { sitting: string };

/** Only ratios within a sitting mean anything: a net in a precision has the rows of its last one and no others. */
export function keep(sitting: Sitting, rows: readonly ResultRow[]): void {
  const replaced = new Set(rows.map(contestOf));
  const others = read<KeptRow>('results.json').filter(row => !replaced.has(contestOf(row)));
  const results = [...others, ...rows.map(row => ({ ...row, sitting: sitting.date }))];
  const sittings = [...read<Sitting>('sittings.json'), sitting];
  write('results.json', results);
  write(
    'sittings.json',
    sittings.filter(({ date }) => results.some(row => row.sitting === date)),
  );
}

const contestOf = ({ net, precision }: ResultRow): string => `${net} ${precision}`;

const pathOf = (name: string): string => join(SCRIPTS, name);

function read<T>(name: string): T[] {
  return existsSync(pathOf(name)) ? (JSON.parse(readFileSync(pathOf(name), 'utf8')) as T[]) : [];
}

function write(name: string, value: unknown): void {
  writeFileSync(pathOf(name), `${JSON.stringify(value, null, 2)}\n`);
}
