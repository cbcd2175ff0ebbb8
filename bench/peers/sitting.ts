/** One sitting: which variant of each engine is the fastest, then all engines in turn, round after round. */
import type { Precision } from '../../src/core/cell-config.ts';
import type { CheckRow } from './check.ts';
import type { PeerFiles } from './describe.ts';
import type { Engine } from './engines.ts';
import { LAYOUTS, type Layout, type Measurement, measure } from './measure.ts';
import type { PeerNet } from './nets.ts';
import { type ResultRow, resultRow } from './rows.ts';

const SCOUT_SECONDS = 3;
const SCOUT_LAYOUT: Layout = { processes: 1, threads: 2 };

export interface SittingRequest {
  net: PeerNet;
  files: PeerFiles;
  precision: Precision;
  engines: readonly Engine[];
  checks: readonly CheckRow[];
  rounds: number;
  seconds: number;
  python: string;
  report(line: string): void;
}

interface Contestant {
  engine: Engine;
  variant: string;
}

interface Contest extends Contestant {
  layout: Layout;
  measurements: Measurement[];
  failures: string[];
}

/** A row for each engine and layout, and one without rounds for each variant that was slower or could not run. */
export async function sit(request: SittingRequest): Promise<ResultRow[]> {
  const rows: ResultRow[] = [];
  const contestants: Contestant[] = [];
  for (const engine of request.engines) {
    const { fastest, others } = await scout(request, engine);
    rows.push(...others);
    if (fastest !== undefined) contestants.push({ engine, variant: fastest });
  }
  const contests = LAYOUTS.flatMap(layout =>
    contestants.map((one): Contest => ({ ...one, layout, measurements: [], failures: [] })),
  );
  for (let round = 0; round < request.rounds; round++) {
    for (const contest of inTurn(contests, round)) await runOnce(request, contest, round);
  }
  return [...contests.map(contest => rowOf(request, contest)), ...rows];
}

/** An engine with one variant is not asked twice. */
async function scout(
  request: SittingRequest,
  engine: Engine,
): Promise<{ fastest: string | undefined; others: ResultRow[] }> {
  const candidates = engine.variants.map(variant => ({ engine, variant }));
  const barred = candidates.map(one => ({ ...one, reason: reasonAgainst(request, one) }));
  const able = barred.filter(({ reason }) => reason === undefined);
  const rowFor = ({ variant }: Contestant, measurements: Measurement[], note: string): ResultRow =>
    resultRow(keyOf(request, { engine, variant }), SCOUT_LAYOUT, measurements, [note]);
  const refused = barred.flatMap(one => (one.reason === undefined ? [] : [rowFor(one, [], one.reason)]));
  if (engine.variants.length === 1) return { fastest: able[0]?.variant, others: refused };

  const tried: { one: Contestant; measurement: Measurement }[] = [];
  for (const one of able) {
    const seconds = Math.min(SCOUT_SECONDS, request.seconds);
    const outcome = await measure(engine, { ...request, ...one, seconds }, SCOUT_LAYOUT);
    if ('value' in outcome) tried.push({ one, measurement: outcome.value });
    else refused.push(rowFor(one, [], outcome.failure));
    request.report(`${labelOf(request, one)}, tried: ${told(outcome)}`);
  }
  tried.sort((a, b) => b.measurement.imagesPerSecond - a.measurement.imagesPerSecond);
  const slower = tried.slice(1).map(({ one, measurement }) => rowFor(one, [measurement], 'slower variant, tried once'));
  return { fastest: tried[0]?.one.variant, others: [...slower, ...refused] };
}

function reasonAgainst(
  { net, precision, checks }: SittingRequest,
  { engine, variant }: Contestant,
): string | undefined {
  const check = checks.find(row => row.net === net.label && row.engine === engine.name && row.variant === variant);
  return check?.failure ?? engine.refuses?.({ precision });
}

async function runOnce(request: SittingRequest, contest: Contest, round: number): Promise<void> {
  const outcome = await measure(contest.engine, { ...request, variant: contest.variant }, contest.layout);
  if ('value' in outcome) contest.measurements.push(outcome.value);
  else contest.failures.push(outcome.failure);
  const { processes, threads } = contest.layout;
  request.report(
    `${labelOf(request, contest)}, ${processes} × ${threads} threads, round ${round + 1}: ${told(outcome)}`,
  );
}

/** Each round begins with another one, so that none is always the first after a pause. */
function inTurn<T>(all: readonly T[], round: number): T[] {
  const start = all.length === 0 ? 0 : round % all.length;
  return [...all.slice(start), ...all.slice(0, start)];
}

function rowOf(request: SittingRequest, contest: Contest): ResultRow {
  return resultRow(keyOf(request, contest), contest.layout, contest.measurements, contest.failures);
}

function keyOf({ net, precision }: SittingRequest, { engine, variant }: Contestant) {
  return { net: net.label, precision, engine: engine.name, variant };
}

function labelOf({ net, precision }: SittingRequest, { engine, variant }: Contestant): string {
  return `${net.label}, ${precision}: ${engine.name} (${variant})`;
}

function told(outcome: { value: Measurement } | { failure: string }): string {
  return 'value' in outcome ? `${outcome.value.imagesPerSecond.toFixed(1)} images/s` : outcome.failure;
}
