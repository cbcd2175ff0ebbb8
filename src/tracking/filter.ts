/**
 * The language of `--where`: `net = resnet-34 and (test.top1 < 0.1 or starred) and not tag = broken`.
 *
 *   or         := and ("or" and)*
 *   and        := not ("and" not)*
 *   not        := "not" not | "(" or ")" | comparison
 *   comparison := field (("=" | "!=" | "<" | "<=" | ">" | ">=" | "~") value)?      "~": contains, without regard to case
 *
 * Fields and values are words or stand in quotes. What fields there are is not said here: see `fields.ts`.
 */
import { UserError } from '../core/errors.ts';

const LIMITS = { characters: 4000, comparisons: 200, depth: 50 };

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~';

export interface Word {
  text: string;
  /** Quoted words are never numbers, nor `and`, `or`, `not`. */
  quoted: boolean;
  /** Characters before it. */
  at: number;
}

export type Filter =
  | { kind: 'and' | 'or'; parts: readonly Filter[] }
  | { kind: 'not'; part: Filter }
  /** Without operator: a field that is true or false by itself. */
  | { kind: 'comparison'; field: Word; operator?: Operator; value?: Word };

type Token = Word & { kind: 'word' | 'operator' | 'bracket' | 'end' };

const TOKEN =
  /\s*(?:(?<bracket>[()])|(?<operator>!=|<=|>=|=|<|>|~)|"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^'\\]|\\.)*)'|(?<bare>[^\s()=!<>~"']+))/uy;

/** Throws one line that names the position. */
export function parseFilter(text: string): Filter {
  if (text.length > LIMITS.characters)
    throw filterError(text, LIMITS.characters, `at most ${LIMITS.characters} characters`);
  return new Parser(text).parse();
}

/** What every mistake in a filter looks like: what was expected where, and what is there. */
export function filterError(text: string, at: number, expected: string, advice = ''): UserError {
  const got = text.slice(at, at + 30).trim();
  return new UserError(
    `filter, character ${at + 1}: expected ${expected}, got ${got === '' ? 'its end' : JSON.stringify(got)}.${advice}`,
  );
}

class Parser {
  readonly #text: string;
  #next: Token;
  #offset = 0;
  #comparisons = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#read();
  }

  parse(): Filter {
    const filter = this.#or();
    if (this.#next.kind !== 'end') throw this.#expected('"and", "or" or the end');
    return filter;
  }

  #or(): Filter {
    return this.#chain('or', () => this.#and());
  }

  #and(): Filter {
    return this.#chain('and', () => this.#not());
  }

  #chain(kind: 'and' | 'or', part: () => Filter): Filter {
    const parts = [part()];
    while (this.#takeKeyword(kind)) parts.push(part());
    return parts.length === 1 ? (parts[0] as Filter) : { kind, parts };
  }

  #not(): Filter {
    if (++this.#depth > LIMITS.depth) throw this.#expected(`at most ${LIMITS.depth} levels of "not" and brackets`);
    const filter = this.#takeKeyword('not') ? ({ kind: 'not', part: this.#not() } as const) : this.#primary();
    this.#depth--;
    return filter;
  }

  #primary(): Filter {
    if (!this.#isBracket('(')) return this.#comparison();
    this.#take();
    const filter = this.#or();
    if (!this.#isBracket(')')) throw this.#expected('")"');
    this.#take();
    return filter;
  }

  #comparison(): Filter {
    if (++this.#comparisons > LIMITS.comparisons) throw this.#expected(`at most ${LIMITS.comparisons} comparisons`);
    const field = this.#word('a field');
    if (this.#next.kind !== 'operator') return { kind: 'comparison', field };
    const operator = this.#take().text as Operator;
    return { kind: 'comparison', field, operator, value: this.#word('a value') };
  }

  #word(what: string): Word {
    const { kind, text, quoted } = this.#next;
    if (kind !== 'word' || (!quoted && isKeyword(text))) throw this.#expected(what);
    return this.#take();
  }

  #takeKeyword(keyword: string): boolean {
    const { kind, text, quoted } = this.#next;
    const found = kind === 'word' && !quoted && text.toLowerCase() === keyword;
    if (found) this.#take();
    return found;
  }

  #isBracket(text: string): boolean {
    return this.#next.kind === 'bracket' && this.#next.text === text;
  }

  #take(): Token {
    const token = this.#next;
    this.#next = this.#read();
    return token;
  }

  #read(): Token {
    const rest = this.#text.slice(this.#offset);
    const at = this.#offset + (rest.length - rest.trimStart().length);
    if (at === this.#text.length) return { kind: 'end', text: '', quoted: false, at };
    TOKEN.lastIndex = this.#offset;
    const groups = TOKEN.exec(this.#text)?.groups;
    if (groups === undefined) throw filterError(this.#text, at, 'a word, a closed quotation, an operator or a bracket');
    this.#offset = TOKEN.lastIndex;
    return tokenOf(groups, at);
  }

  #expected(what: string): UserError {
    return filterError(this.#text, this.#next.at, what);
  }
}

function tokenOf(groups: Record<string, string | undefined>, at: number): Token {
  const { bracket, operator, bare } = groups;
  if (bracket !== undefined) return { kind: 'bracket', text: bracket, quoted: false, at };
  if (operator !== undefined) return { kind: 'operator', text: operator, quoted: false, at };
  if (bare !== undefined) return { kind: 'word', text: bare, quoted: false, at };
  return { kind: 'word', text: (groups.double ?? groups.single ?? '').replace(/\\(.)/gu, '$1'), quoted: true, at };
}

const isKeyword = (text: string): boolean => /^(?:and|or|not)$/i.test(text);
