/** The files of run folders, held against their checksums. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hashFile } from '../core/artifact-store.ts';
import { describeError } from '../core/errors.ts';
import { predictedProcedures, predictionsPath, readPredictions } from '../core/predictions.ts';
import { insideFolder } from '../core/safe-path.ts';
import { type Artifact, SHA256 } from './artifacts.ts';
import type { Finding } from './check.ts';
import { isCheckpoint, namesIn } from './folder-files.ts';

/** Throws if the checkpoint is damaged or belongs to another cell. The engine knows how to read one; we do not. */
export type CheckpointReader = (path: string, identity: string) => unknown;

export function checkArtifact(runFolder: string, run: string, { path, sha256, bytes }: Artifact): Finding[] {
  return trying(`${run}/${path}`, fault => {
    const file = insideFolder(runFolder, path, 'artifact');
    if (!existsSync(file)) return fault('recorded, but there is no such file');
    const size = statSync(file).size;
    if (size !== bytes) return fault(`expected ${bytes} bytes, got ${size}`);
    return hashFile(file).sha256 === sha256 ? [] : fault('its bytes do not match the recorded checksum');
  });
}

/** Predictions and checkpoints hold their checksums themselves. */
export function checkOwnSums(runFolder: string, run: string, identity: string, read: CheckpointReader): Finding[] {
  const predictions = predictedProcedures(runFolder).flatMap(procedure =>
    trying(`${run} predictions ${procedure}`, () => void readPredictions(predictionsPath(runFolder, procedure))),
  );
  const checkpoints = namesIn(runFolder).filter(isCheckpoint);
  const damaged = checkpoints.flatMap(name =>
    trying(`${run}/${name}`, () => void read(join(runFolder, name), identity)),
  );
  return [...predictions, ...damaged];
}

/** Contents lie under their SHA-256. */
export function checkContents(folder: string): { files: number; findings: Finding[] } {
  const names = namesIn(folder).filter(name => SHA256.test(name));
  const findings = names.flatMap(name =>
    trying(`artifacts/${name}`, fault => {
      const { sha256 } = hashFile(join(folder, name));
      return sha256 === name ? [] : fault(`its content has the checksum ${sha256}`);
    }),
  );
  return { files: names.length, findings };
}

type Fault = (problem: string) => Finding[];

/** What `action` throws is a fault too. */
function trying(subject: string, action: (fault: Fault) => Finding[] | undefined): Finding[] {
  const fault: Fault = problem => [{ kind: 'checksum', fault: true, subject, problem }];
  try {
    return action(fault) ?? [];
  } catch (error) {
    return fault(describeError(error));
  }
}
