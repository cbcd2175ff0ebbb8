/** Text that others wrote may be longer than a line holds. */
export const shortened = (text: string, most = 80): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
