/** Convolutions by Eigen or by oneDNN, in one thread. `npm run bench:onednn`; the last line is JSON. */
import { NETS } from './nets.ts';
import { compareInTurn, imagesPerSecond } from './step-rate.ts';

const ROUNDS = 3;

const results = [];
for (const { label, ...net } of NETS) {
  const rate = (onednn: string) => () =>
    imagesPerSecond({ ...net, threads: 1, processors: '0', environment: { TF_ENABLE_ONEDNN_OPTS: onednn } });
  const { first: eigen, second: onednn, ratio, raw } = await compareInTurn(ROUNDS, rate('0'), rate('1'));
  process.stdout.write(`${label}: ${eigen} images/s by Eigen, ${onednn} by oneDNN: ${ratio} ×\n`);
  results.push({ net: label, eigen, onednn, ratio, raw });
}
process.stdout.write(`${JSON.stringify({ rounds: ROUNDS, results })}\n`);
