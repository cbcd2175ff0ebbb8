/** Opens so many fresh stores, each at an agreed moment at which other processes open it too. */
import { join } from 'node:path';
import { openStore } from '../../../src/tracking/store.ts';

const INTERVAL_MS = 40;

const [dir, startsAtMs, rounds] = process.argv.slice(2) as [string, string, string];
let opened = 0;
for (let round = 0; round < Number(rounds); round++) {
  while (Date.now() < Number(startsAtMs) + round * INTERVAL_MS);
  const store = openStore(join(dir, `${round}.sqlite`));
  store.read(() => store.prepare('SELECT count(*) FROM points').all());
  store.close();
  opened++;
}
process.stdout.write(`opened ${opened}\n`);
