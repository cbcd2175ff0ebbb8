/**
 * How large an experiment may be: `npm run bench:scale -- [--parts paper,campaign,ingest]`.
 *
 *   paper      100 arms × --seeds (1000) planned, cut into job arrays, and the queue of all of them read
 *   campaign   100 arms × --campaign-seeds (100) executed by a Slurm that pretends: real plan, follower and recorder
 *   ingest     --journals (1000) that grow at once for --seconds (20), at each of --rates steps a second (2,5,10)
 *
 * Lines of JSON on stdout; the follower's own lines on stderr.
 */
import { parseArgs } from 'node:util';
import { campaign } from './campaign.ts';
import { ingest } from './ingest.ts';
import { onPaper } from './on-paper.ts';

/** A real step takes a tenth of a second and more: these cells last for as long as it takes to write them. */
const PLAYED = { atOnce: 1000, steps: 20, lostOnceIn: 100 };

const text = (value: string) => ({ type: 'string', default: value }) as const;
const { values } = parseArgs({
  options: {
    parts: text('paper,campaign,ingest'),
    seeds: text('1000'),
    'campaign-seeds': text('100'),
    journals: text('1000'),
    seconds: text('20'),
    rates: text('2,5,10'),
  },
});
const parts = values.parts.split(',');
if (parts.includes('paper')) await onPaper(Number(values.seeds));
if (parts.includes('campaign')) await campaign(Number(values['campaign-seeds']), PLAYED);
if (parts.includes('ingest'))
  for (const stepsPerSecond of values.rates.split(',').map(Number))
    await ingest({ journals: Number(values.journals), stepsPerSecond, seconds: Number(values.seconds) });
