/** What package-lock.json says of the packages that are installed with this one. */
import { readFileSync } from 'node:fs';

export interface LockedPackage {
  name: string;
  version: string;
  licence: string;
  /** For one kind of machine only. */
  isNative: boolean;
  hasInstallScript: boolean;
  /** Where it comes from, and its checksum. */
  resolved: string | undefined;
  integrity: string | undefined;
}

interface Entry {
  version: string;
  license?: string;
  os?: string[];
  dev?: boolean;
  hasInstallScript?: boolean;
  resolved?: string;
  integrity?: string;
}

/** Without those that development alone needs, if not asked for. */
export function lockedPackages({ development = false } = {}): LockedPackage[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> };
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && (development || !dev))
    .map(([path, entry]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version,
      licence: entry.license ?? 'not stated',
      isNative: entry.os !== undefined,
      hasInstallScript: entry.hasInstallScript ?? false,
      resolved: entry.resolved,
      integrity: entry.integrity,
    }));
}
