import type { Json } from '../../src/core/ids.ts';

/** A net as it is measured. */
export interface PeerNet {
  /** What `--nets` and the results call it. */
  label: string;
  net: string;
  options: Record<string, Json>;
  batch: number;
  input: readonly [number, number, number];
  classes: number;
  /** Of the steps that the check compares; `STEP_RATE` if it is left out. */
  checkRate?: number;
}

const SMALL = { batch: 128, input: [32, 32, 3], classes: 10 } as const;

export const NETS: readonly PeerNet[] = [
  { label: 'resnet-20', net: 'resnet-20', options: {}, ...SMALL },
  { label: 'resnet-34-small', net: 'resnet-34', options: { form: 'small', widths: [16, 32, 64, 128] }, ...SMALL },
  { label: 'alexnet-small', net: 'alexnet', options: { form: 'small' }, ...SMALL },
  { label: 'inception-v1-small', net: 'inception-v1', options: { form: 'small', auxiliary: false }, ...SMALL },
  {
    label: 'resnet-50',
    net: 'resnet-50',
    options: {},
    batch: 16,
    input: [224, 224, 3],
    classes: 1000,
    // At STEP_RATE three steps on one batch take the loss from 7 to 3, and roundings grow so much on the way that even the
    // two variants of one peer end a hundredth apart; at a tenth of it they end up to 2e-3 apart on some processors. At this
    // rate the loss still falls from 7.0 to 6.1.
    checkRate: 0.0001,
  },
];
