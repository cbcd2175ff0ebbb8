import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';
import { describeError, UserError } from './errors.ts';
import { packageRoot } from './places.ts';

/** The default export of a user's file, which is TypeScript and says `import … from 'convbench'`, wherever it lies. */
export async function importDefault(file: string, what: string): Promise<unknown> {
  const jiti = createJiti(pathToFileURL(file).href, {
    alias: { convbench: join(packageRoot, 'dist/src/index.js') },
    fsCache: false,
  });
  try {
    return await jiti.import(file, { default: true });
  } catch (error) {
    throw new UserError(`${file}: could not be read as ${what}: ${describeError(error)}.`, { cause: error });
  }
}
