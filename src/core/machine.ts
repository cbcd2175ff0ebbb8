/** The machine that this process runs on. */
import { cpus, hostname, release, totalmem, type } from 'node:os';
import { textIfThere } from './if-there.ts';

/** As provenance states it. */
export function thisMachine() {
  const processors = cpus();
  return {
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    os: `${type()} ${release()}`,
    hostname: hostname(),
  };
}

/** Of the first processor: all of a machine have the same. `cpuinfo`: Linux's text about them; elsewhere there is none. */
export function processorFlags(cpuinfo = textIfThere('/proc/cpuinfo') ?? ''): string[] {
  return /^(?:flags|Features)\s*:\s*(.*)$/m.exec(cpuinfo)?.[1]?.split(' ') ?? [];
}

/** Numbers of the processors that this process may use (Linux; elsewhere none, and nothing is pinned). */
export function allowedProcessors(): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(textIfThere('/proc/self/status') ?? '')?.[1];
  return (list?.split(',') ?? []).flatMap(range => {
    const [from = 0, to = from] = range.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
