/** Opens the store, says so or why not, and leaves. */
import { UserError } from '../../../src/core/errors.ts';
import { openStore } from '../../../src/tracking/store.ts';

try {
  openStore(process.argv[2] as string).close();
  process.stdout.write('opened\n');
} catch (error) {
  process.stdout.write(error instanceof UserError ? `refused: ${error.message}\n` : `crashed: ${String(error)}\n`);
}
