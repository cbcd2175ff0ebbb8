/**
 * What a net said of every test image: a file `predictions/PROCEDURE.bin` in the run's folder. docs/evaluation.md gives
 * its bytes.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeFileAtomically } from './atomic-file.ts';
import { describeError, errorCode, refusal, type UserError } from './errors.ts';
import { sha256 } from './ids.ts';
import { namesIfThere } from './if-there.ts';
import { bestClasses, lossOf, rankOf } from './ranking.ts';

const MAGIC = 'BENCHPR1';
const CHECKSUM_BYTES = 64;
/** Up to so many classes all probabilities are kept. */
const ALL_KEPT = 100;
/** Of more classes: the best ones. */
const BEST_KEPT = 20;
/** Before the probabilities: label, class chosen, rank of the label as uint16, loss as float32. */
const FACTS_BYTES = 10;
const LARGEST = 65535;
const FOLDER = 'predictions';
const EXTENSION = '.bin';

export interface PredictionsAbout {
  procedure: string;
  run: string;
  /** Steps that the net was trained for. */
  step: number;
  dataset: string;
  /** Of the dataset. */
  fingerprint: string;
  classes: readonly string[];
}

export interface Predictions {
  about: PredictionsAbout;
  count: number;
  labels: Uint16Array;
  /** Class of the highest probability. */
  chosen: Uint16Array;
  /** Of the label, by `rankOf`. */
  ranks: Uint16Array;
  /** −ln of the label's probability. */
  losses: Float32Array;
  /**
   * Of image i, by class, within 3.1e-5; a sum of 1. Of more than 100 classes the 20 best are known, and what they leave
   * is spread evenly over the others.
   */
  probabilities(i: number): Float32Array;
}

/** Takes the images in the order of the test set, and needs the memory of the file. */
export class PredictionsEncoder {
  readonly #about: PredictionsAbout;
  readonly #records: Buffer[] = [];

  constructor(about: PredictionsAbout) {
    this.#about = about;
  }

  add(label: number, probabilities: Float32Array): void {
    this.#records.push(encodeImage(label, probabilities));
  }

  bytes(): Buffer {
    const header = Buffer.from(JSON.stringify({ ...this.#about, images: this.#records.length }));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(header.length);
    const rest = Buffer.concat([length, header, ...this.#records]);
    return Buffer.concat([Buffer.from(MAGIC + sha256(rest)), rest]);
  }
}

export const predictionsPath = (runFolder: string, procedure: string): string =>
  join(runFolder, FOLDER, `${procedure}${EXTENSION}`);

/** A reader sees all of it or nothing. */
export function writePredictions(path: string, encoder: PredictionsEncoder): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileAtomically(path, [encoder.bytes()]);
}

/** Procedures of which a run has predictions, in the order of their names. */
export function predictedProcedures(runFolder: string): string[] {
  const names = namesIfThere(join(runFolder, FOLDER)).filter(name => name.endsWith(EXTENSION));
  return names.map(name => name.slice(0, -EXTENSION.length)).sort();
}

/** Throws one line if the file is missing, truncated, altered, or none of ours. */
export function readPredictions(path: string): Predictions {
  return decodePredictions(readBytes(path), path);
}

/** `where` is named in the message. */
export function decodePredictions(bytes: Buffer, where: string): Predictions {
  const checksumEnd = MAGIC.length + CHECKSUM_BYTES;
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) throw unreadable(where, `it does not begin with ${MAGIC}`);
  const rest = bytes.subarray(checksumEnd);
  if (sha256(rest) !== bytes.toString('latin1', MAGIC.length, checksumEnd)) {
    throw unreadable(where, 'it was truncated or altered: its bytes do not match its checksum');
  }
  const parts = split(rest);
  if (parts === null) throw unreadable(where, 'its header does not describe its content');
  const { images, ...about } = parts.header;
  return decodeImages(about, images, parts.records);
}

type Header = PredictionsAbout & { images: number };

/** Null if the header is none, or does not say how long the rest is. */
function split(rest: Buffer): { header: Header; records: Buffer } | null {
  if (rest.length < 4) return null;
  const recordsStart = 4 + rest.readUInt32LE(0);
  const header = parseHeader(rest.toString('utf8', 4, recordsStart));
  const records = rest.subarray(recordsStart);
  const isWhole = header !== null && records.length === header.images * recordBytes(header.classes.length);
  return isWhole ? { header, records } : null;
}

function parseHeader(text: string): Header | null {
  try {
    const header = JSON.parse(text) as Header | null;
    return Array.isArray(header?.classes) && Number.isSafeInteger(header?.images) ? header : null;
  } catch {
    return null;
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const why = errorCode(error) === 'ENOENT' ? 'there is no such file' : describeError(error);
    throw unreadable(path, why, error);
  }
}

function encodeImage(label: number, probabilities: Float32Array): Buffer {
  const isListed = probabilities.length > ALL_KEPT;
  const best = bestClasses(probabilities, isListed ? BEST_KEPT : 1);
  const kept = isListed ? best : [...probabilities.keys()];
  const record = Buffer.alloc(recordBytes(probabilities.length));
  record.writeUInt16LE(label, 0);
  record.writeUInt16LE(best[0] as number, 2);
  record.writeUInt16LE(rankOf(probabilities, label), 4);
  record.writeFloatLE(lossOf(probabilities, label), 6);
  let at = FACTS_BYTES;
  if (isListed) for (const index of kept) at = record.writeUInt16LE(index, at);
  for (const index of kept) at = record.writeUInt16LE(toWord(probabilities[index] as number), at);
  return record;
}

function decodeImages(about: PredictionsAbout, count: number, records: Buffer): Predictions {
  const size = recordBytes(about.classes.length);
  const facts = (offset: number): Uint16Array =>
    Uint16Array.from({ length: count }, (_, i) => records.readUInt16LE(i * size + offset));
  return {
    about,
    count,
    labels: facts(0),
    chosen: facts(2),
    ranks: facts(4),
    losses: Float32Array.from({ length: count }, (_, i) => records.readFloatLE(i * size + 6)),
    probabilities: i => decodeRow(records.subarray(i * size + FACTS_BYTES, (i + 1) * size), about.classes.length),
  };
}

function decodeRow(record: Buffer, classes: number): Float32Array {
  if (classes <= ALL_KEPT) {
    const row = Float32Array.from({ length: classes }, (_, index) => fromWord(record.readUInt16LE(2 * index)));
    return normalised(row);
  }
  const kept = Array.from({ length: BEST_KEPT }, (_, i) => ({
    index: record.readUInt16LE(2 * i),
    value: fromWord(record.readUInt16LE(2 * (BEST_KEPT + i))),
  }));
  const rest = Math.max(0, 1 - kept.reduce((sum, { value }) => sum + value, 0));
  const row = new Float32Array(classes).fill(rest / (classes - BEST_KEPT));
  for (const { index, value } of kept) row[index] = value;
  return normalised(row);
}

function recordBytes(classes: number): number {
  return FACTS_BYTES + (classes > ALL_KEPT ? 4 * BEST_KEPT : 2 * classes);
}

/**
 * The fourth root, so that small probabilities keep their digits and their order: relative error 2/word, 3.1e-5 at 1, and
 * nothing above 2e-20 is 0.
 */
const toWord = (probability: number): number =>
  Math.round(LARGEST * Math.min(1, Math.max(0, probability || 0)) ** 0.25);
const fromWord = (word: number): number => (word / LARGEST) ** 4;

/** Nothing, where nothing was a number. */
function normalised(row: Float32Array): Float32Array {
  const sum = row.reduce((a, b) => a + b, 0);
  return sum === 0 ? row : row.map(value => value / sum);
}

function unreadable(where: string, why: string, cause?: unknown): UserError {
  return refusal(`${where}: expected a run's predictions, but ${why}. Run the cell again with --force.`, cause);
}
