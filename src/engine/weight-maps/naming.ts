/** What a naming convention is: rules from our layers to another framework's. Nothing here reads or writes. */
import type { Json } from '../../core/ids.ts';
import type { Layer, NetDescription } from '../../core/net.ts';
import type { Parameter } from '../../core/parameters.ts';

/** A pattern of our layers' names, and theirs: the first that matches holds. */
export type NameRule = readonly [ours: RegExp, theirs: string | ((...groups: string[]) => string)];

export interface FamilyNaming {
  /** Options that their net has: a shape would not tell the difference, so that other levels are refused. */
  requires: Readonly<Record<string, Json>>;
  /** Their name of a layer; undefined: they have no such layer. */
  nameOf(layer: Layer, net: NetDescription): string | undefined;
  /** Their convolutions have biases also where batch normalisation follows. Ours go into the mean that it subtracts. */
  biasBeforeNorm?: boolean;
  /** Theirs of batch normalisation, if it is not ours. The difference goes into the variance. */
  epsilon?: number;
}

export interface Naming {
  /** Of the framework, for people. */
  title: string;
  /** Kernels: ours are [height, width, in, out] and [in, out], torch's [out, in, height, width] and [out, in]. */
  layout: 'ours' | 'torch';
  separator: string;
  roles: Readonly<Partial<Record<Parameter['role'], string>>>;
  /** Tensors that no evaluation needs. */
  ignored: RegExp;
  /** By family; a text says why their nets of it are not ours. `any` holds for all families. */
  families: Readonly<Record<string, FamilyNaming | string>>;
  /** Written into the files that are exported by these names. */
  metadata: Readonly<Record<string, string>>;
}

export function byRules(rules: readonly NameRule[]): FamilyNaming['nameOf'] {
  return ({ name }) => {
    const rule = rules.find(([pattern]) => pattern.test(name));
    return rule && name.replace(rule[0], rule[1] as string);
  };
}
