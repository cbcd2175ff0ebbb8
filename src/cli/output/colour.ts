import { styleText } from 'node:util';

export type Colour = 'green' | 'yellow' | 'red' | 'cyan' | 'gray' | 'bold';

/** Colours text for a terminal; anywhere else, and with NO_COLOR, it stays as it is. */
export function colour(text: string, name: Colour | null, stream: NodeJS.WriteStream = process.stdout): string {
  return name === null || !stream.isTTY || process.env.NO_COLOR ? text : styleText(name, text);
}
