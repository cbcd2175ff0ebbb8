/** Provides the library of the wheel that its argument describes; its news, then "done" or the mistake, on stdout. */
import { provideLibrary } from '../../../src/engine/provision/library.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  await provideLibrary(JSON.parse(process.argv[2] as string), say);
  say('done');
} catch (error) {
  const { name, message } = error as Error;
  say(`${name}: ${message}`);
}
