/** What an input's fields must be to one another and to the dataset: known before anything is trained. */
import type { DatasetDefinition } from '../../core/dataset.ts';
import { UserError } from '../../core/errors.ts';
import type { Augmentation, InputConfig } from '../../core/input.ts';
import { type AugmentationKind, COLOURS, CROPS } from './kinds.ts';

type Stored = Pick<DatasetDefinition, 'name' | 'shape' | 'sizesDiffer'>;

/** Throws one line with field, what was expected and what was got; `where` begins it. */
export function checkInput(input: InputConfig, dataset: Stored, where: string): void {
  const wrong = firstMistake(input, dataset);
  if (wrong === undefined) return;
  throw new UserError(`${where}: input.${wrong.field}: expected ${wrong.expected}, got ${wrong.got}.`);
}

interface Mistake {
  field: string;
  expected: string;
  got: string | number;
}

function firstMistake(input: InputConfig, dataset: Stored): Mistake | undefined {
  const ofAugment = (k: number): Mistake | undefined => augmentMistake(input, k, dataset);
  return (
    sizeMistake(input, dataset) ?? input.augment.map((_, k) => ofAugment(k)).find(mistake => mistake !== undefined)
  );
}

function sizeMistake({ size, shorterSide }: InputConfig, { name, shape, sizesDiffer }: Stored): Mistake | undefined {
  const [height, width] = shape;
  if (size === null && sizesDiffer)
    return { field: 'size', expected: `a side, since the pictures of ${name} differ in size`, got: 'null' };
  if (size === null && shorterSide !== null)
    return { field: 'size', expected: `a side of at most input.shorterSide ${shorterSide}`, got: 'null' };
  const most = shorterSide ?? Math.min(height, width);
  if (size === null || size <= most) return undefined;
  const which = shorterSide === null ? `the shorter side of ${name}'s pictures` : 'input.shorterSide';
  return { field: 'size', expected: `at most ${most}, ${which}`, got: size };
}

function augmentMistake(input: InputConfig, k: number, dataset: Stored): Mistake | undefined {
  const augmentation = input.augment[k] as Augmentation;
  const before = input.augment.slice(0, k).map(({ kind }) => kind);
  const after = input.augment.slice(k + 1).map(({ kind }) => kind);
  const expected =
    expectedPlace(augmentation.kind, before, after) ??
    expectedValues(augmentation, input, dataset) ??
    expectedDataset(augmentation.kind, dataset);
  return expected === undefined ? undefined : { field: `augment.${k}`, expected, got: describe(augmentation) };
}

type Kinds = readonly AugmentationKind[];

function expectedPlace(kind: AugmentationKind, before: Kinds, after: Kinds): string | undefined {
  if (before.includes(kind)) return 'each kind at most once';
  const crop = before.find(earlier => CROPS.includes(earlier));
  if (CROPS.includes(kind) && crop) return `one crop, and ${crop} is there`;
  const colour = before.find(earlier => COLOURS.includes(earlier));
  if (!COLOURS.includes(kind) && kind !== 'flip' && colour) return `crops and jitter before ${colour}`;
  if (kind === 'scale-jitter' && !after.includes('random-crop')) return 'random-crop after scale-jitter';
  return undefined;
}

function expectedValues(augmentation: Augmentation, { size }: InputConfig, { shape }: Stored): string | undefined {
  const { kind } = augmentation;
  const side = size ?? Math.min(shape[0], shape[1]);
  if (kind === 'pad-crop' && augmentation.pad >= side) return `a pad below ${side}, the side of what the net sees`;
  if ((kind === 'random-crop' || kind === 'area-crop') && size === null) return 'input.size to be given';
  if (kind !== 'scale-jitter') return undefined;
  if (augmentation.from > augmentation.to) return 'from at most to';
  return size !== null && augmentation.from < size ? `from to be at least input.size ${size}` : undefined;
}

function expectedDataset(kind: AugmentationKind, { name, shape }: Stored): string | undefined {
  if (!COLOURS.includes(kind) || shape[2] === 3) return undefined;
  return `pictures of 3 channels (${name} has ${shape[2]})`;
}

const describe = ({ kind, ...values }: Augmentation): string =>
  Object.keys(values).length === 0 ? kind : `${kind} ${JSON.stringify(values)}`;
