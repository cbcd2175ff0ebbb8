/** Which layer is being built: names in a graph, errors and profiles say it. */
let current = '';

/** The layer at work; empty outside of one. */
export const currentPlace = (): string => current;

export function within<T>(place: string, body: () => T): T {
  const outer = current;
  current = place;
  try {
    return body();
  } finally {
    current = outer;
  }
}
