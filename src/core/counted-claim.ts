/** Claims about sizes of nets: they are counted, not measured. */
import type { Json } from './ids.ts';

/** Parameters or multiply-adds of a net in its paper's form, or of some of its layers; filters of layers. */
export interface NetCount {
  net: string;
  options?: Record<string, Json>;
  count: 'parameters' | 'macs' | 'filters';
  /** A kind of layers (`conv`, `dense`), their names, or beginnings of names with a `*` behind; absent: the whole net. */
  layers?: string | readonly string[];
  /** Of those layers; `sum` if absent. */
  take?: 'sum' | 'largest';
}

/** A published count beside that of a net here. */
export interface CountedClaim {
  id: string;
  statement: string;
  count: NetCount;
  /** Divides the count. */
  over?: NetCount;
  /** Of the count, or of the quotient. */
  unit: string;
  /** What it must be for the claim to hold; `near` has a tolerance as a share. */
  holds: { below: number } | { above: number } | { near: number; within: number };
  published: string;
}
