/** Tables and text as GitHub reads them. */

export const markdownTable = (rows: readonly (readonly string[])[]): string =>
  rows.map(cells => `| ${cells.join(' | ')} |\n`).join('');

/** Names are text: no cell ends in one, and no markup or tag begins. */
export const plainMarkdown = (text: string): string =>
  text.replace(/[\\`*_[\]<>|]/g, character => `\\${character}`).replace(/\s+/g, ' ');
