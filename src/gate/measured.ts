/** What is compared: the figures of an experiment's runs with all that must be equal for a comparison. */
import type { Figure } from '../stats/index.ts';

/** Arm → anything. */
type ByArm<T> = Record<string, T>;

export interface Machine {
  cpu: string;
  cores: number;
  tensorflow: string;
  threads: number;
  device: string;
}

export interface Measured {
  experiment: string;
  tier: string;
  /** SHA-256 of the resolved configuration without the dataset, of the dataset's content, and of the worker's modules. */
  spec: ByArm<string>;
  data: ByArm<string>;
  code: ByArm<string>;
  /** Seed → identity of the cell. */
  identity: ByArm<Record<string, string>>;
  /** Null without a run; runs of several machines are named together. */
  machine: Machine | null;
  costs: ByArm<{ parameters: number; macs: number }>;
  /** Metric → arm → seed. */
  figures: Record<string, ByArm<Record<string, Figure>>>;
}

/** Seeds ascending, as JavaScript keeps whole numbers among an object's keys. */
export function seedsOf(figures: Record<string, unknown> | undefined): number[] {
  return Object.keys(figures ?? {}).map(Number);
}
