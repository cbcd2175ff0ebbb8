/** Lines of JSON on stdout. */
export function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Says how long it took, by the clock and of a processor, and how much memory the process has afterwards. */
export async function timed<T>(what: string, action: () => Promise<T>): Promise<T> {
  const startMs = performance.now();
  const before = process.cpuUsage();
  const result = await action();
  const durationMs = Math.round(performance.now() - startMs);
  const { user, system } = process.cpuUsage(before);
  const processorMs = Math.round((user + system) / 1000);
  say({ what, durationMs, processorMs, residentMegabytes: Math.round(process.memoryUsage.rss() / 1e6) });
  return result;
}

/** The most memory that this process ever had. */
export const peakMegabytes = (): number => Math.round(process.resourceUsage().maxRSS / 1000);
