import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../src/core/places.ts';

const JITI = join(packageRoot, 'node_modules/jiti/lib/jiti-cli.mjs');

/** The arguments by which node runs a program in TypeScript, whose `path` starts from the file at the URL `from`. */
export const programArguments = (path: string, from: string): [jiti: string, program: string] => [
  JITI,
  fileURLToPath(new URL(path, from)),
];
