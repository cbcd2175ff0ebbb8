import { plainText } from '../../core/plain-text.ts';

/** One line of progress. What others wrote in it is made plain. */
export function tell(line: string): void {
  process.stderr.write(`${plainText(line)}\n`);
}
