/** `above`: censored. It is larger than that; by how much, nobody saw. */
export type Figure = number | { above: number };

export const isCensored = (figure: Figure): figure is { above: number } => typeof figure !== 'number';

/** A censored figure as the bound that is known of it. */
export const boundOf = (figure: Figure): number => (isCensored(figure) ? figure.above : figure);
