import { writeFileAtomically } from '../../core/atomic-file.ts';
import type { Profile, ProfileRow } from '../../core/profile.ts';
import type { StepRequest } from '../../speed/step.ts';
import { printJson } from '../output/json.ts';
import { type Column, formatTable } from '../output/table.ts';

/** Layers that take less are not worth a line. */
const MOST_LAYERS = 25;

export async function showProfile(
  request: StepRequest,
  { steps, html, json }: { steps: number; html?: string; json?: boolean },
): Promise<void> {
  const { profileStep } = await import('../../speed/profile.ts');
  const profile = await profileStep(request, steps);
  if (html !== undefined) {
    const { renderProfile } = await import('../../report/profile-page.ts');
    writeFileAtomically(html, [Buffer.from(renderProfile(profile))]);
    process.stderr.write(`chart: ${html}\n`);
  }
  if (json) printJson(profile);
  else process.stdout.write(profileText(profile));
}

function profileText(profile: Profile): string {
  const { net, batch, precision, threads, stepMs, onednnShare, peakGflops, byOperation, byLayer } = profile;
  const more = byLayer.length - MOST_LAYERS;
  return [
    `${net} (${precision}, batch ${batch}, ${threads} ${threads === 1 ? 'thread' : 'threads'}): a step takes ${stepMs.toFixed(1)} ms while it is logged`,
    `oneDNN's primitives take ${(100 * onednnShare).toFixed(1)} % of it; a large matrix product reaches ${peakGflops.toFixed(0)} GFLOPS here`,
    '',
    table('operation', byOperation, peakGflops),
    table('layer', byLayer.slice(0, MOST_LAYERS), peakGflops) + (more > 0 ? `… and ${more} layers more\n` : ''),
  ].join('\n');
}

function table(title: string, rows: readonly ProfileRow[], peakGflops: number): string {
  const columns: Column<ProfileRow>[] = [
    { title, text: row => row.name },
    { title: 'kernels', align: 'right', text: row => String(row.count) },
    { title: 'ms', align: 'right', text: row => row.ms.toFixed(2) },
    { title: 'share', align: 'right', text: row => `${(100 * row.share).toFixed(1)} %` },
    { title: 'GFLOPS', align: 'right', text: row => row.gflops?.toFixed(0) ?? '' },
    {
      title: 'of peak',
      align: 'right',
      text: row => (row.gflops === null ? '' : `${((100 * row.gflops) / peakGflops).toFixed(0)} %`),
    },
  ];
  return formatTable(rows, columns);
}
