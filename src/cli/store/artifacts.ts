import { EXIT, UserError } from '../../core/errors.ts';
import { formatBytes } from '../../core/format-bytes.ts';
import { plainText } from '../../core/plain-text.ts';
import { artifactsOf, extractArtifacts, type FoundArtifact, findRun } from '../../tracking/queries.ts';
import { withRecordedStore } from '../../tracking/recorded-store.ts';
import { printJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';

export interface ArtifactsOptions {
  name?: string;
  extract?: string;
  json?: boolean;
}

export function artifactsCommand(idPrefix: string, options: ArtifactsOptions): Promise<number> {
  return withRecordedStore(store => {
    const run = findRun(store, idPrefix).id;
    const artifacts = named(artifactsOf(store, run), run, options.name);
    if (options.extract !== undefined) {
      for (const path of extractArtifacts(artifacts, options.extract)) process.stdout.write(`${plainText(path)}\n`);
    } else if (options.json) printJson(artifacts);
    else if (artifacts.length > 0) process.stdout.write(formatArtifacts(artifacts));
    if (artifacts.length === 0) process.stderr.write(`run ${run} has no artifacts.\n`);
    return EXIT.ok;
  });
}

function named(artifacts: FoundArtifact[], run: string, name: string | undefined): FoundArtifact[] {
  const chosen = artifacts.filter(artifact => name === undefined || artifact.name === name);
  if (chosen.length > 0 || name === undefined) return chosen;
  const names = artifacts.map(artifact => artifact.name).join(', ') || 'none';
  throw new UserError(`run ${run} has no artifact "${name}". It has: ${names}.`);
}

const formatArtifacts = (artifacts: readonly FoundArtifact[]): string =>
  formatTable(artifacts, [
    { title: 'name', text: artifact => artifact.name },
    { title: 'size', align: 'right', text: artifact => formatBytes(artifact.bytes) },
    { title: 'sha256', text: artifact => artifact.sha256 },
    { title: 'file', text: artifact => artifact.file ?? 'gone' },
  ]);
