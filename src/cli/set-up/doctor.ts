/** `bench doctor`: one line for each part, with what to do if it is not as it should be. */
import { EXIT } from '../../core/errors.ts';
import type { Device } from '../../core/experiment.ts';
import { colour } from '../output/colour.ts';
import { printJson } from '../output/json.ts';
import { examineParts, type Part, type PartState } from './doctor-parts.ts';

export interface DoctorOptions {
  json?: boolean;
  device: Device;
}

const MARKS: Record<PartState, { mark: string; colour: 'green' | 'yellow' | 'red' }> = {
  good: { mark: '✓', colour: 'green' },
  notice: { mark: '!', colour: 'yellow' },
  missing: { mark: '✗', colour: 'red' },
};

export async function examine({ json, device }: DoctorOptions): Promise<number> {
  const parts = await examineParts(device);
  if (json) printJson(parts);
  else process.stdout.write(parts.map(partLine).join(''));
  return parts.some(part => part.state === 'missing') ? EXIT.noData : EXIT.ok;
}

function partLine({ name, state, detail }: Part): string {
  return `${colour(MARKS[state].mark, MARKS[state].colour)} ${name.padEnd(12)} ${detail}\n`;
}
