const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** "0 B", "12 kB", "3.4 GB": decimal units, two digits. */
export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`;
}
