/** The files of run folders, held against their checksums. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hashFile } from '../core/artifact-store.ts';
import { describeError, errorCode } from '../core/errors.ts';
import { predictedProcedures, predictionsPath, readPredictions } from '../core/predictions.ts';
import { insideFolder } from '../core/safe-path.ts';
import type { Finding } from './check.ts';

const CHECKPOINT = /\.checkpoint$/;
const SHA256 = /^[0-9a-f]{64}$/;

export interface RecordedFile {
  run: string;
  path: string;
  sha256: string;
  bytes: number;
}

/** Throws if the checkpoint is damaged or belongs to another cell. The engine knows how to read one; we do not. */
export type CheckpointReader = (path: string, identity: string) => unknown;

export function checkArtifact(runFolder: string, { run, path, sha256, bytes }: RecordedFile): Finding[] {
  const fault = (problem: string): Finding[] => [{ kind: 'checksum', fault: true, subject: `${run}/${path}`, problem }];
  return trying(fault, () => {
    const file = insideFolder(runFolder, path, 'artifact');
    if (!existsSync(file)) return fault('recorded, but there is no such file');
    const size = statSync(file).size;
    if (size !== bytes) return fault(`expected ${bytes} bytes, got ${size}`);
    return hashFile(file).sha256 === sha256 ? [] : fault('its bytes do not match the recorded checksum');
  });
}

/** Predictions and checkpoints hold their checksums themselves. */
export function checkOwnSums(runFolder: string, run: string, identity: string, read: CheckpointReader): Finding[] {
  const fault = (subject: string, problem: string): Finding[] => [{ kind: 'checksum', fault: true, subject, problem }];
  const predictions = predictedProcedures(runFolder).flatMap(procedure =>
    trying(
      problem => fault(`${run} predictions ${procedure}`, problem),
      () => void readPredictions(predictionsPath(runFolder, procedure)),
    ),
  );
  const checkpoints = namesIn(runFolder).filter(name => CHECKPOINT.test(name));
  const damaged = checkpoints.flatMap(name =>
    trying(
      problem => fault(`${run}/${name}`, problem),
      () => void read(join(runFolder, name), identity),
    ),
  );
  return [...predictions, ...damaged];
}

/** Contents lie under their SHA-256. */
export function checkContents(folder: string): { files: number; findings: Finding[] } {
  const names = namesIn(folder).filter(name => SHA256.test(name));
  const findings = names.flatMap((name): Finding[] => {
    const fault = (problem: string): Finding[] => [
      { kind: 'checksum', fault: true, subject: `artifacts/${name}`, problem },
    ];
    return trying(fault, () => {
      const { sha256 } = hashFile(join(folder, name));
      return sha256 === name ? [] : fault(`its content has the checksum ${sha256}`);
    });
  });
  return { files: names.length, findings };
}

function trying(fault: (problem: string) => Finding[], action: () => Finding[] | undefined): Finding[] {
  try {
    return action() ?? [];
  } catch (error) {
    return fault(describeError(error));
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
