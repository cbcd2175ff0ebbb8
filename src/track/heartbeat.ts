/** What a run says by itself while its loop is busy elsewhere: that it lives, and what it takes from the machine. */
import { cpuUsage, hrtime, memoryUsage } from 'node:process';

const HEARTBEAT_INTERVAL_MS = 10_000;

export interface HeartbeatTargets {
  /** Milliseconds since 1970 of the last event. */
  lastEventAt(): number;
  beat(): void;
  /** Fractions of one processor, bytes. Absent: nobody asked for them. */
  measure?: ((values: Record<string, number>) => void) | undefined;
}

/** Runs on a timer that keeps no process alive; call what it returns to end it. */
export function startHeartbeat(targets: HeartbeatTargets, intervalMs = HEARTBEAT_INTERVAL_MS): () => void {
  const usage = new CpuShare();
  const timer = setInterval(() => {
    try {
      targets.measure?.({ 'system.cpu': usage.next(), 'system.memory': memoryUsage.rss() });
      if (Date.now() - targets.lastEventAt() >= intervalMs) targets.beat();
    } catch {
      // A full disk is told to the loop by its own next call: a timer has nobody to tell it to.
    }
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Of the whole process since the last call: 1 is one busy processor. */
class CpuShare {
  #cpu = cpuUsage();
  #at = hrtime.bigint();

  next(): number {
    const spent = cpuUsage(this.#cpu);
    const now = hrtime.bigint();
    const elapsedMicros = Number(now - this.#at) / 1000;
    this.#cpu = cpuUsage();
    this.#at = now;
    return (spent.user + spent.system) / elapsedMicros;
  }
}
