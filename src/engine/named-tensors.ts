import type { TensorsByName } from './program.ts';

export function mapValues<A, B>(record: Record<string, A>, change: (value: A, key: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

export function disposeAll(groups: readonly TensorsByName[]): void {
  for (const group of groups) for (const tensor of Object.values(group)) tensor.dispose();
}
