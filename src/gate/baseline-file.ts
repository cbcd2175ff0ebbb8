import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { writeFileAtomically } from '../core/atomic-file.ts';
import { pick } from '../core/registry.ts';
import { safeName } from '../core/safe-path.ts';
import { type Baseline, formatBaseline, parseBaseline } from './baseline.ts';

const ENDING = '.json';
const baselinesDir = (): string => resolve('baselines');

export function baselineNames(): string[] {
  if (!existsSync(baselinesDir())) return [];
  const files = readdirSync(baselinesDir()).filter(file => file.endsWith(ENDING));
  return files.map(file => file.slice(0, -ENDING.length)).sort();
}

export const hasBaseline = (name: string): boolean => existsSync(baselinePath(name));

/** Relative to the current folder. An unknown name is answered with the known ones. */
export function readBaseline(name: string): Baseline {
  const path = pick('baseline', name, new Map(baselineNames().map(known => [known, baselinePath(known)])));
  return parseBaseline(readFileSync(path, 'utf8'), relative('.', path));
}

export function writeBaseline(baseline: Baseline): string {
  const path = baselinePath(baseline.name);
  mkdirSync(baselinesDir(), { recursive: true });
  writeFileAtomically(path, [Buffer.from(formatBaseline(baseline))]);
  return relative('.', path);
}

export function removeBaseline(name: string): void {
  rmSync(pick('baseline', name, new Map(baselineNames().map(known => [known, baselinePath(known)]))));
}

const baselinePath = (name: string): string => join(baselinesDir(), `${safeName('baseline', name)}${ENDING}`);
