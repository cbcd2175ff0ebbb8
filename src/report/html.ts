import { plainLines } from '../core/plain-text.ts';

/** Text that is HTML already. Everything else is escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | null | undefined | false | readonly Part[];

/** A template whose holes are escaped, for text and for quoted attributes alike; lists are joined, nothing is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, string, i) => text + render(parts[i - 1]) + string));
}

/** JSON that can stand inside a `<script>` element: no tag can begin in it. Numbers that are not finite become null. */
export function scriptJson(value: unknown): Html {
  return new Html(JSON.stringify(value).replaceAll('<', '\\u003c'));
}

/** The text of a script that must not end its own element. Only for code: in strings and patterns `<\/` is `</`. */
export function scriptText(code: string): Html {
  return new Html(code.replace(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--'));
}

function render(part: Part): string {
  if (part instanceof Html) return part.text;
  if (part === null || part === undefined || part === false) return '';
  return typeof part === 'object' ? part.map(render).join('') : escapeText(String(part));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Marks that turn the direction of writing would turn that of the page around them: they are printed as numbers. */
const escapeText = (text: string): string =>
  plainLines(text).replace(/[&<>"']/g, character => ENTITIES[character] as string);
