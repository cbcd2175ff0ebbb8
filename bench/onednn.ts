/** Convolutions by Eigen or by oneDNN, in one thread. `npm run bench:onednn`; the last line is JSON. */
import { compareInTurn, imagesPerSecond } from './step-rate.ts';

const ROUNDS = 3;
const ARMS = ['plain-18', 'plain-34'];

const results = [];
for (const arm of ARMS) {
  const rate = (onednn: string) => () =>
    imagesPerSecond({
      experiment: 'degradation-34',
      arm,
      threads: 1,
      processors: '0',
      environment: { TF_ENABLE_ONEDNN_OPTS: onednn },
    });
  const { first: eigen, second: onednn, ratio, raw } = await compareInTurn(ROUNDS, rate('0'), rate('1'));
  process.stdout.write(`${arm}: ${eigen} images/s by Eigen, ${onednn} by oneDNN: ${ratio} ×\n`);
  results.push({ arm, eigen, onednn, ratio, raw });
}
process.stdout.write(`${JSON.stringify({ rounds: ROUNDS, results })}\n`);
