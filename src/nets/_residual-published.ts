/** What others count and what the papers report. Errors of v1 are of one model with several scales, of v2 of one crop. */
import type { NetDefinition, PublishedError } from '../core/net.ts';

type Published = NonNullable<NetDefinition['published']>;

/** torchvision's weights have projections; MACs of 50 to 152 layers are with the stride on the first 1×1. */
const COUNTS: Record<string, Published> = {
  'resnet-18': { parameters: 11_689_512, macs: 1.814e9, source: 'torchvision, resnet18' },
  'resnet-34': { parameters: 21_797_672, macs: 3.664e9, source: 'torchvision, resnet34' },
  'resnet-50': { parameters: 25_557_032, macs: 3_857_973_248, source: 'torchvision, resnet50; MACs: layer list' },
  'resnet-101': { parameters: 44_549_160, macs: 7_570_194_432, source: 'torchvision, resnet101; MACs: layer list' },
  'resnet-152': { parameters: 60_192_808, macs: 11_282_415_616, source: 'torchvision, resnet152; MACs: layer list' },
  ...cifar({ 20: 0.27e6, 32: 0.46e6, 44: 0.66e6, 56: 0.85e6, 110: 1.7e6 }),
  ...preActivation({ 18: 11_687_848, 34: 21_796_008, 50: 25_549_480, 101: 44_541_608, 152: 60_185_256 }),
};

const ERRORS: Record<string, PublishedError> = {
  'plain-34': { error: 0.1002, models: 1, set: 'val', source: 'He et al. 2015, table 3, ten crops' },
  'resnet-34': multiScale(0.0571),
  'resnet-50': multiScale(0.0525),
  'resnet-101': multiScale(0.046),
  'resnet-152': { error: 0.0357, models: 6, set: 'test', source: 'He et al. 2015, table 5; one net: 4.49 % (val)' },
  'resnet-152-v2': { error: 0.055, models: 1, set: 'val', source: 'He et al. 2016, table 5, one crop of 320' },
};

export function publishedOf(name: string): Published | undefined {
  const top5 = ERRORS[name];
  const counts = COUNTS[name];
  return counts || top5 ? { ...counts, ...(top5 && { top5 }) } : undefined;
}

function cifar(parameters: Record<number, number>): Record<string, Published> {
  const rows = Object.entries(parameters).map(([depth, count]) => {
    return [`resnet-${depth}`, { parameters: count, source: 'He et al. 2015, table 6, in millions' }] as const;
  });
  return Object.fromEntries(rows);
}

function preActivation(parameters: Record<number, number>): Record<string, Published> {
  const counted = "the stem's output is normalised twice: 64 γ and 64 β more";
  const rows = Object.entries(parameters).map(([depth, count]) => {
    return [`resnet-${depth}-v2`, { parameters: count, source: `imgclsmob, preresnet${depth}`, counted }] as const;
  });
  return Object.fromEntries(rows);
}

function multiScale(error: number): PublishedError {
  return { error, models: 1, set: 'val', source: 'He et al. 2015, table 4' };
}
