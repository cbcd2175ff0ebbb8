/** NVIDIA's driver as Linux's /proc shows it: asking it so needs none of its programs and loads nothing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { namesIfThere, textIfThere } from '../core/if-there.ts';

export interface NvidiaDriver {
  /** Null where only the library shows: Windows' driver inside WSL. */
  version: string | null;
  /** Names of the GPUs, as "NVIDIA A100-SXM4-40GB". */
  devices: readonly string[];
}

/** From it on every minor version of CUDA 12 runs (NVIDIA, CUDA Compatibility, minor version compatibility). */
export const OLDEST_DRIVER = '525.60';

/** Undefined without a driver. `root`: the root of the file system. */
export function nvidiaDriver(root = '/'): NvidiaDriver | undefined {
  const folder = join(root, 'proc/driver/nvidia');
  const version = /\b\d{3,}\.\d+(\.\d+)?\b/.exec(textIfThere(join(folder, 'version')) ?? '')?.[0];
  if (version !== undefined) return { version, devices: devicesIn(join(folder, 'gpus')) };
  return existsSync(join(root, 'usr/lib/wsl/lib/libcuda.so.1')) ? { version: null, devices: [] } : undefined;
}

export function describeDriver({ version, devices }: NvidiaDriver): string {
  const names = devices.length > 0 ? devices.join(', ') : 'NVIDIA GPU of unknown name';
  return `${names} (${version === null ? 'driver of unknown version' : `driver ${version}`})`;
}

/** A driver that does not say its version gets the benefit of the doubt. */
export const isTooOld = ({ version }: NvidiaDriver): boolean =>
  version !== null && version.localeCompare(OLDEST_DRIVER, 'en', { numeric: true }) < 0;

function devicesIn(gpus: string): string[] {
  const texts = namesIfThere(gpus)
    .sort()
    .map(bus => textIfThere(join(gpus, bus, 'information')) ?? '');
  return texts.flatMap(text => /^Model:\s*(.+?)\s*$/m.exec(text)?.[1] ?? []);
}
