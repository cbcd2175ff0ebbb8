/** A net that can be counted, drawn and trained as it is: three convolutions with poolings and a dense head. */
export const netTemplate = (name: string): string => `/**
 * ${name}: whose net it is, where it was published, and which table or figure says how it is built.
 *
 * Departures: what is not as in the paper, and what the small form, for 28–32 px, keeps of it.
 */
import { defineStack, filtersAt, type StackOptions, stackOptions } from './_stack.ts';

/** Kernels of the convolutions; a pooling follows each. */
const KERNELS = [5, 3, 3];

export default [
  defineStack<StackOptions>({
    name: '${name}',
    family: '${name}',
    year: ${new Date().getFullYear()},
    source: 'authors, year, where',
    paperInput: { shape: [224, 224, 3], classes: 1000 },
    paperInit: { kind: 'normal', std: 0.01 },
    options: stackOptions({
      pooling: 'max',
      filters: [
        [64, 128, 256],
        [16, 32, 64],
      ],
    }),
    steps: options =>
      KERNELS.flatMap((kernel, index) => [
        { conv: \`conv\${index + 1}\`, kernel, filters: filtersAt(options, index) },
        { pool: \`pool\${index + 1}\`, padding: 'same' as const },
      ]),
  }),
];
`;
