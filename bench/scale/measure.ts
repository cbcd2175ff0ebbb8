/** Lines of JSON on stdout. */
export function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Says how long it took, and how much memory the process has afterwards. */
export async function timed<T>(what: string, action: () => Promise<T>): Promise<T> {
  const startMs = performance.now();
  const result = await action();
  const durationMs = Math.round(performance.now() - startMs);
  say({ what, durationMs, residentMegabytes: Math.round(process.memoryUsage.rss() / 1e6) });
  return result;
}

/** The most memory that this process ever had. */
export const peakMegabytes = (): number => Math.round(process.resourceUsage().maxRSS / 1000);
