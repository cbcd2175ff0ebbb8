import { parseArgs } from 'node:util';
import type { Precision } from '../../src/core/cell-config.ts';
import { UserError } from '../../src/core/errors.ts';
import { unknownName } from '../../src/core/registry.ts';
import { ENGINES, type Engine } from './engines.ts';
import { NETS, type PeerNet } from './nets.ts';

const PRECISIONS: readonly Precision[] = ['float32', 'bfloat16'];

export interface Options {
  nets: PeerNet[];
  precisions: Precision[];
  engines: Engine[];
  rounds: number;
  seconds: number;
  /** Only ask whether all compute the same nets. */
  checkOnly: boolean;
}

export function readOptions(args: string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      nets: text,
      precisions: text,
      engines: text,
      rounds: { ...text, default: '3' },
      seconds: { ...text, default: '8' },
      check: { type: 'boolean', default: false },
    },
  });
  return {
    nets: choose('net', values.nets, NETS, net => net.label),
    precisions: choose('precision', values.precisions, PRECISIONS, precision => precision),
    engines: choose('engine', values.engines, ENGINES, engine => engine.name),
    rounds: positive('rounds', values.rounds),
    seconds: positive('seconds', values.seconds),
    checkOnly: values.check,
  };
}

/** Names with commas between, or all; in the order of the list. */
function choose<T>(what: string, names: string | undefined, all: readonly T[], nameOf: (one: T) => string): T[] {
  const wanted = names?.split(',') ?? all.map(nameOf);
  const known = all.map(nameOf);
  for (const name of wanted) if (!known.includes(name)) throw unknownName(what, name, known);
  return all.filter(one => wanted.includes(nameOf(one)));
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new UserError(`--${name}: expected a number above 0, got "${text}".`);
  return value;
}
