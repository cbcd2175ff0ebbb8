import { fileURLToPath } from 'node:url';

/** The command line that was compiled together with the benchmarks. */
export const BENCH: string = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));
