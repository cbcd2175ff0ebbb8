/**
 * Text that others wrote, made harmless for a terminal: control characters (colours, titles, links, clipboard), marks
 * that turn the direction of writing, and characters that cannot be seen are printed as their numbers.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\u{1d173}|[\u{e0000}-\u{e0fff}]/gu;

/** For one line: line breaks and tabs are numbers too. */
export function plainText(text: string): string {
  return text.replace(UNSAFE, numberOf);
}

/** The same, but line breaks and tabs stay. */
export function plainLines(text: string): string {
  return text.replace(UNSAFE, character => (character === '\n' || character === '\t' ? character : numberOf(character)));
}

/** JSON that says the same without such characters. JSON itself escapes only some of them. */
export function plainJson(json: string): string {
  return json.replace(UNSAFE, character =>
    /\s/.test(character) && character < '\u007f' ? character : [...unitsOf(character)].map(escapeUnit).join(''),
  );
}

function numberOf(character: string): string {
  const code = character.codePointAt(0) as number;
  return code <= 0xff ? `\\x${hex(code, 2)}` : code <= 0xffff ? escapeUnit(code) : `\\u{${hex(code, 1)}}`;
}

function* unitsOf(character: string): Generator<number> {
  for (let i = 0; i < character.length; i++) yield character.charCodeAt(i);
}

const escapeUnit = (unit: number): string => `\\u${hex(unit, 4)}`;
const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');
