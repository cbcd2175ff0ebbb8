/** From words of the command line to a net: `alexnet:towers=half --set norm=none --input 64x64x3`. */
import { UserError } from '../../core/errors.ts';
import type { Json } from '../../core/ids.ts';
import type { NetDefinition, NetDescription, NetInput, Shape } from '../../core/net.ts';
import { pick } from '../../core/registry.ts';
import { allNets, describeNet } from '../../nets/index.ts';
import { parseValue } from '../../runner/merge.ts';

export interface AskedOptions {
  set: readonly string[];
  input?: string;
  classes?: number;
}

export interface AskedNet {
  definition: NetDefinition;
  description: NetDescription;
  /** With the paper's input and all options at their defaults: what published figures are about. */
  asPublished: boolean;
}

/** What the small forms are for, if nothing else is said. */
const SMALL_INPUT: NetInput = { shape: [32, 32, 3], classes: 10 };

export async function askedNet(word: string, { set, input, classes }: AskedOptions): Promise<AskedNet> {
  const [name, ...own] = word.split(':');
  const definition = pick('net', name as string, await allNets());
  const options = Object.fromEntries([...set, ...own].map(parseSetting));
  const usual = options.form === 'small' ? SMALL_INPUT : definition.paperInput;
  const given = { shape: input ? parseShape(input) : usual.shape, classes: classes ?? usual.classes };
  const description = describeNet(definition, options, given);
  const paper = describeNet(definition);
  return { definition, description, asPublished: sameForm(description, paper) };
}

/** Flags that the command does not know are options of nets: `--norm=none`, `--norm none`. */
export function splitFlags(args: readonly string[]): { names: string[]; settings: string[] } {
  const names: string[] = [];
  const settings: string[] = [];
  const words = [...args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!word.startsWith('--')) names.push(word);
    else if (word.includes('=')) settings.push(word.slice(2));
    else settings.push(`${word.slice(2)}=${words.shift() ?? ''}`);
  }
  return { names, settings };
}

function parseSetting(setting: string): [string, Json] {
  const [, key, text] = /^([^=]+)=(.+)$/s.exec(setting) ?? [];
  if (key === undefined || text === undefined) {
    throw new UserError(`expected option=value, got "${setting}". For example: --set norm=none.`);
  }
  return [key, parseValue(text)];
}

function parseShape(text: string): Shape {
  const shape = text.split(/[x×]/).map(Number);
  const valid = shape.every(extent => Number.isInteger(extent) && extent > 0) && [1, 3].includes(shape.length);
  if (valid) return shape;
  throw new UserError(`--input: expected HEIGHTxWIDTHxCHANNELS, for example 64x64x3, got "${text}".`);
}

function sameForm(a: NetDescription, b: NetDescription): boolean {
  const form = ({ options, input, classes }: NetDescription): string => JSON.stringify([options, input, classes]);
  return form(a) === form(b);
}
