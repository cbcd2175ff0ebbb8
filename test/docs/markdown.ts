/** The pages that people read, as marked sees them. */
import { readdirSync, readFileSync } from 'node:fs';
import { marked, type Token, type Tokens } from 'marked';

const ROOT_PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

export interface MarkdownPage {
  /** From the checkout's root. */
  path: string;
  headings: readonly string[];
  /** Targets of links and images. */
  links: readonly string[];
  /** `code`, as written. */
  spans: readonly string[];
  blocks: readonly { language: string; text: string }[];
}

export function markdownPages(): MarkdownPage[] {
  const docs = readdirSync('docs').filter(name => name.endsWith('.md'));
  return [...ROOT_PAGES, ...docs.map(name => `docs/${name}`)].map(readPage);
}

/** Spans of code, and blocks in these languages. */
export const codeOf = ({ spans, blocks }: MarkdownPage, languages: readonly string[]): string[] => [
  ...spans,
  ...blocks.filter(({ language }) => languages.includes(language)).map(({ text }) => text),
];

/** Of each `bench …` the rest of its line. */
export const afterBench = (code: string): string[] =>
  [...code.matchAll(/(?:^|[\s(])(?:npx )?bench ([^\n]*)/gm)].map(([, rest]) => `${rest}`);

function readPage(path: string): MarkdownPage {
  const tokens: Token[] = [];
  marked.walkTokens(marked.lexer(readFileSync(path, 'utf8')), token => void tokens.push(token));
  const ofType = <T extends Token>(type: T['type']): T[] => tokens.filter(token => token.type === type) as T[];
  return {
    path,
    headings: ofType<Tokens.Heading>('heading').map(({ tokens }) => plainText(tokens)),
    links: [...ofType<Tokens.Link>('link'), ...ofType<Tokens.Image>('image')].map(({ href }) => href),
    spans: ofType<Tokens.Codespan>('codespan').map(({ text }) => text),
    blocks: ofType<Tokens.Code>('code').map(({ lang, text }) => ({ language: lang ?? '', text })),
  };
}

/** What remains of a heading when its marks are gone. */
function plainText(tokens: readonly Token[]): string {
  return tokens
    .map(token => ('tokens' in token && token.tokens ? plainText(token.tokens) : token.raw.replaceAll('`', '')))
    .join('');
}
