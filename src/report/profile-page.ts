/** The page of `bench speed profile --html`: time by operation and by layer. */
import type { Profile, ProfileRow } from '../core/profile.ts';
import { type Column, completeSpec, type Row, type Spec } from './charts/_chart.ts';
import { colour } from './charts/_looks.ts';
import { documentOf } from './document.ts';
import { type Html, html } from './html.ts';
import { type DrawnChart, figures } from './sections/figures.ts';

const ROW_PX = 18;
const LEAST_SHARE = 0.002;
const COLUMNS: Column[] = [
  { key: 'name', title: 'Name' },
  { key: 'kernels', title: 'Kernels a step' },
  { key: 'ms', title: 'ms a step', digits: 2 },
  { key: 'share', title: 'Share, %', digits: 1 },
  { key: 'gflops', title: 'GFLOPS', digits: 0 },
];

export function renderProfile(profile: Profile): string {
  const charts = [
    barChart('operations', 'Time by operation', profile.byOperation, profile),
    barChart('layers', 'Time by layer', profile.byLayer, profile),
  ];
  return documentOf(`Profile of ${profile.net}`, body(profile, charts), charts);
}

function body(profile: Profile, charts: readonly DrawnChart[]): Html {
  const { net, batch, precision, threads, stepMs, onednnShare, peakGflops } = profile;
  return html`<header>
<p class="kicker">${precision} · batch ${batch} · ${threads} ${threads === 1 ? 'thread' : 'threads'}</p>
<h1>Where a training step of ${net} spends its time</h1>
<p class="question">A step takes ${stepMs.toFixed(1)} ms while it is logged; oneDNN’s primitives take ${(100 * onednnShare).toFixed(1)} % of it. A large matrix product reaches ${peakGflops.toFixed(0)} GFLOPS on this machine in as many threads.</p>
</header>
<main>${figures(charts)}</main>`;
}

function barChart(name: string, title: string, rows: readonly ProfileRow[], { peakGflops }: Profile): DrawnChart {
  const data = rows
    .filter(row => row.share >= LEAST_SHARE)
    .map(
      (row): Row => ({
        name: row.name,
        kernels: row.count,
        ms: row.ms,
        share: 100 * row.share,
        gflops: row.gflops,
        counted: row.gflops === null ? 'other' : 'multiply-adds',
        peak: row.gflops === null ? '' : `${((100 * row.gflops) / peakGflops).toFixed(0)} % of peak`,
      }),
    );
  const longest = data.slice(0, 3).map(row => `${row.name} ${Number(row.ms).toFixed(1)} ms`);
  const description = `Bars of milliseconds a step, longest first: ${longest.join(', ')}.`;
  return {
    chart: { name, title },
    spec: completeSpec(data, description, bars()),
    columns: COLUMNS,
    tableRows: data,
    about: `Blue: convolutions and dense layers, with the share of the machine’s peak that they reach. Grey: all else. What takes less than ${100 * LEAST_SHARE} % of the step is left out.`,
    description,
  };
}

function bars(): Spec {
  const y = {
    field: 'name',
    type: 'nominal',
    sort: null,
    title: null,
    axis: { labelColor: colour('ink'), labelLimit: 220 },
  };
  const x = { field: 'ms', type: 'quantitative', title: 'ms a step', axis: { grid: true } };
  const kinds = { domain: ['multiply-adds', 'other'], range: [colour('hue-2'), colour('muted')] };
  const fill = { field: 'counted', type: 'nominal', scale: kinds, legend: null };
  const tooltip = ['name', 'kernels', 'ms', 'share', 'gflops', 'peak'].map(field => ({ field }));
  return {
    height: { step: ROW_PX },
    encoding: { y, x },
    layer: [
      { mark: 'bar', encoding: { color: fill, tooltip } },
      { mark: { type: 'text', align: 'left', dx: 4, fontSize: 11 }, encoding: { text: { field: 'peak' } } },
    ],
    padding: { left: 2, top: 4, bottom: 2, right: 80 },
  };
}
