import { type Baseline, type BaselineChange, seedCount } from '../../gate/index.ts';
import { formatTable } from '../output/table.ts';

export const changeTable = (changes: readonly BaselineChange[]): string =>
  formatTable(changes, [
    { title: 'what', text: change => change.what },
    { title: 'before', text: change => change.before },
    { title: 'after', text: change => change.after },
  ]);

export const baselineTable = (baselines: readonly Baseline[]): string =>
  formatTable(baselines, [
    { title: 'baseline', text: one => one.name },
    { title: 'experiment', text: one => `${one.experiment} ${one.tier}` },
    { title: 'arms', align: 'right', text: one => String(Object.keys(one.spec).length) },
    { title: 'seeds', align: 'right', text: one => String(seedCount(one)) },
    { title: 'saved', text: one => one.savedAt.slice(0, 10) },
    { title: 'gates', text: one => one.thresholds.map(threshold => threshold.metric).join(', ') || '-' },
  ]);
