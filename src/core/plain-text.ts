/**
 * Text that others wrote, made harmless for a terminal or a page: control characters (colours, titles, links, clipboard), marks
 * that turn the direction of writing, and characters that cannot be seen are printed as their numbers.
 */

/** Controls, format characters, halves of pairs, separators of lines, and what is drawn as nothing. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** For one line: line breaks and tabs are numbers too. */
export function plainText(text: string): string {
  return text.replace(UNSAFE, numberOf);
}

/** The same, but line breaks and tabs stay. */
export function plainLines(text: string): string {
  return text.replace(UNSAFE, character =>
    character === '\n' || character === '\t' ? character : numberOf(character),
  );
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
