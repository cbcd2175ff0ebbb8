/** News for a person. */
export type Report = (line: string) => void;

/** Says how far something is, no more often than each `intervalMs`, and not before the first has passed. */
export function nowAndThen(
  report: Report,
  lineOf: (done: number) => string,
  intervalMs = 5000,
): (done: number) => void {
  let saidAtMs = performance.now();
  return done => {
    if (performance.now() - saidAtMs < intervalMs) return;
    report(lineOf(done));
    saidAtMs = performance.now();
  };
}
