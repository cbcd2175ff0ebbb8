/** Every decision, one line of JSON each, in the order in which they were made: `.bench/gates.jsonl`. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { benchDir } from '../core/places.ts';
import { gateJson } from './gate-json.ts';
import type { GateReport } from './outcome.ts';

const gatesPath = (dir = benchDir()): string => join(dir, 'gates.jsonl');

export function recordDecision(report: GateReport): void {
  mkdirSync(dirname(gatesPath()), { recursive: true, mode: 0o700 });
  appendFileSync(gatesPath(), `${JSON.stringify(gateJson(report))}\n`);
}
