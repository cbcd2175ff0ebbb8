import { EXIT, UserError } from '../../core/errors.ts';
import { plainText } from '../../core/plain-text.ts';
import { type ExportFormat, exportRuns } from '../../exchange/export.ts';
import { findRun, runIds } from '../../tracking/queries.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import type { Store } from '../../tracking/store.ts';
import { printJson } from '../output/json.ts';

interface ExportCommandOptions {
  experiment?: string;
  where?: string;
  to: ExportFormat;
  out: string;
  python: string;
  json?: boolean;
}

export function exportCommand(prefixes: readonly string[], options: ExportCommandOptions): Promise<number> {
  return withRecordedStore(async store => {
    const runs = chosenRuns(store, prefixes, options);
    const { to: format, out, python } = options;
    const exported = await exportRuns(store, runs, { format, out, python });
    if (options.json) printJson({ format, out, ...exported });
    else process.stdout.write(`${plainText(out)}: ${exported.runs} runs, ${exported.points} points\n`);
    return EXIT.ok;
  });
}

function chosenRuns(store: Store, prefixes: readonly string[], { experiment, where }: ExportCommandOptions): string[] {
  const isQuery = experiment !== undefined || where !== undefined;
  if (prefixes.length > 0 === isQuery)
    throw new UserError('export: expected either ids of runs, or --experiment or --where.');
  const runs = isQuery ? runIds(store, { experiment, where }) : prefixes.map(prefix => findRun(store, prefix).id);
  if (runs.length === 0) throw new UserError('export: no run is meant by that. `bench list` shows those there are.');
  return [...new Set(runs)];
}
