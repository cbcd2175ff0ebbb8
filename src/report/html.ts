/** Text that is HTML already; everything else is escaped when it is put into a template. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Renderable = Html | string | number | null | undefined | false | readonly Renderable[];

/** html`<td>${value}</td>`: values are escaped, unless they are templates themselves; lists are joined, nothing is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Renderable[]): Html {
  return new Html(parts.reduce((text, part, i) => text + render(values[i - 1]) + part));
}

function render(value: Renderable): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(render).join('');
  return String(value).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

/** A script's or a style's text: it must not end its own element. */
export const raw = (text: string): Html =>
  new Html(text.replace(/<\/(script|style)/gi, '<\\/$1').replace(/<!--/g, '<\\!--'));
