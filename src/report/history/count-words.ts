const UNITS: Record<string, string> = { K: ' k', M: ' M', B: ' G' };

/** "61.0 M", "3.21 k": three digits. */
export function countWords(value: number): string {
  const format = { notation: 'compact', minimumSignificantDigits: 3, maximumSignificantDigits: 3 } as const;
  if (value < 1000) return String(value);
  return value.toLocaleString('en-US', format).replace(/[KMB]$/, unit => UNITS[unit] as string);
}
