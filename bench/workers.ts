/**
 * Two processors, one experiment: one process with two threads, or two pinned processes with one thread each?
 * `npm run bench:workers`; the last line is JSON.
 */
import { NETS } from './nets.ts';
import { compareInTurn, imagesPerSecond } from './step-rate.ts';

const ROUNDS = 3;

const results = [];
for (const { label, ...net } of NETS) {
  const rate = (threads: number, processors: string): Promise<number> =>
    imagesPerSecond({ ...net, threads, processors });
  const together = (): Promise<number> => rate(2, '0,1');
  const apart = async (): Promise<number> => {
    const [first, second] = await Promise.all([rate(1, '0'), rate(1, '1')]);
    return first + second;
  };
  const { first: oneProcess, second: twoProcesses, ratio, raw } = await compareInTurn(ROUNDS, together, apart);
  process.stdout.write(`${label}: ${oneProcess} images/s in one process, ${twoProcesses} in two: ${ratio} ×\n`);
  results.push({ net: label, oneProcess, twoProcesses, ratio, raw });
}
process.stdout.write(`${JSON.stringify({ rounds: ROUNDS, results })}\n`);
