/** Text that others wrote may be longer than a line holds. */
export const shortened = (text: string, most = 80): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;

/** In a table, where names are not broken into lines. */
export const shortName = (name: string): string => shortened(name, 40);
