import { canonicalJson } from '../core/ids.ts';
import { boundOf, type Figure, mean } from '../stats/index.ts';
import type { Baseline } from './baseline.ts';
import { namesOfBoth } from './comparable.ts';

export interface BaselineChange {
  /** `test.top1 plain-34`, `spec plain-34`, `machine`. */
  what: string;
  before: string;
  after: string;
}

/** What a reviewer wants to see: means of figures by arm, and of the rest that it has changed. Empty if all is equal. */
export function diffBaselines(before: Baseline, after: Baseline): BaselineChange[] {
  const plain = (['experiment', 'tier', 'thresholds', 'machine'] as const).flatMap(field =>
    change(field, canonicalJson(before[field]), canonicalJson(after[field])),
  );
  const hashes = (['spec', 'data', 'code'] as const).flatMap(field =>
    namesOfBoth(before[field], after[field]).flatMap(arm =>
      change(`${field} ${arm}`, short(before[field][arm]), short(after[field][arm])),
    ),
  );
  return [...plain, ...hashes, ...figureChanges(before, after)];
}

function figureChanges({ figures: a }: Baseline, { figures: b }: Baseline): BaselineChange[] {
  return namesOfBoth(a, b).flatMap(metric =>
    namesOfBoth(a[metric] ?? {}, b[metric] ?? {}).flatMap(arm => {
      const [was, is] = [a[metric]?.[arm], b[metric]?.[arm]];
      if (canonicalJson(was ?? null) === canonicalJson(is ?? null)) return [];
      return [{ what: `${metric} ${arm}`, before: summary(was), after: summary(is) }];
    }),
  );
}

function summary(figures: Record<string, Figure> | undefined): string {
  const values = Object.values(figures ?? {}).map(boundOf);
  if (values.length === 0) return 'none';
  return `${Number(mean(values).toPrecision(6))} (${values.length} seeds)`;
}

const change = (what: string, before: string, after: string): BaselineChange[] =>
  before === after ? [] : [{ what, before, after }];
const short = (hash: string | undefined): string => hash?.slice(0, 12) ?? 'none';
