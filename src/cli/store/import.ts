import { EXIT } from '../../core/errors.ts';
import { plainText } from '../../core/plain-text.ts';
import { type ImportFormat, type ImportSummary, importRuns } from '../../exchange/import.ts';
import { openRecordedStore } from '../../tracking/recorded-store.ts';
import { printJson } from '../output/json.ts';

interface ImportCommandOptions {
  from: ImportFormat;
  experiment?: string;
  python: string;
  json?: boolean;
}

export async function importCommand(path: string, options: ImportCommandOptions): Promise<number> {
  const { from: format, experiment, python } = options;
  const summary = await importRuns(path, { format, experiment, python });
  openRecordedStore()?.close();
  if (options.json) printJson(summary);
  else process.stdout.write(`${plainText(sentence(summary))}\n`);
  return EXIT.ok;
}

function sentence({ runs, points, present, passedOver }: ImportSummary): string {
  const also = [
    present.length > 0 && `${present.length} runs are here already`,
    passedOver > 0 && `${passedOver} values that are no numbers were passed over`,
  ].filter(Boolean);
  return [`${runs.length} runs, ${points} points`, ...also].join('; ');
}
