/**
 * What a claim's contrast weighs: `ARM` is the claim's metric of that arm, `ARM:METRIC` another figure of it, and
 * `ARM+ARM` that of the arms' averaged predictions. `metric` may be empty for the form alone.
 */
export interface Term {
  /** One, or the members of an ensemble. */
  arms: readonly string[];
  metric: string;
}

export function parseTerm(text: string, metric: string): Term {
  const colon = text.indexOf(':');
  const [members, own] = colon < 0 ? [text, metric] : [text.slice(0, colon), text.slice(colon + 1)];
  return { arms: members.split('+'), metric: own };
}
