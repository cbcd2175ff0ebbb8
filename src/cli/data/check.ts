import type { DatasetDefinition, DatasetVerification } from '../../core/dataset.ts';
import { EXIT, UserError } from '../../core/errors.ts';
import { findDataset } from '../../data/index.ts';
import { printJson } from '../output/json.ts';
import { tell } from '../output/tell.ts';

/** How many damaged files a person is shown; JSON has all of them. */
const SHOWN = 50;

/** Reads and decodes every file. Exit code 1 if one is damaged. */
export async function checkData(name: string, { json }: { json?: boolean }): Promise<number> {
  const dataset = await findDataset(name, tell);
  const { ready, detail } = await dataset.check();
  if (!ready)
    throw new UserError(`${name}: ${detail} \`bench data fetch ${name}\` does it now.`, { exitCode: EXIT.noData });
  const found = await dataset.verify(tell);
  if (json) printJson({ name, title: dataset.title, fingerprint: dataset.fingerprint, place: detail, ...found });
  else process.stdout.write(describe(dataset, detail, found));
  return found.damaged.length === 0 ? EXIT.ok : EXIT.failed;
}

function describe(dataset: DatasetDefinition, place: string, found: DatasetVerification): string {
  const { files, damaged, converted } = found;
  const forms = Object.entries(converted).map(([form, count]) => `${count} ${form}`);
  const lines = [
    `${dataset.title}: ${files} files in ${place}`,
    `fingerprint ${dataset.fingerprint}`,
    ...(forms.length > 0 ? [`converted to 8-bit RGB: ${forms.join(', ')}`] : []),
    damaged.length === 0 ? 'every file is as it should be' : `damaged: ${damaged.length}`,
    ...damaged.slice(0, SHOWN).map(line => `  ${line}`),
    ...(damaged.length > SHOWN ? [`  and ${damaged.length - SHOWN} more: --json lists them all`] : []),
  ];
  return lines.map(line => `${line}\n`).join('');
}
