/** Does a net that says 80 % get 80 % right? */

const DEFAULTS = { bins: 15, by: 'width' } as const;

interface CalibrationOptions {
  bins?: number;
  /** *width*: bins of equal width, as published. *mass*: bins of as many images each, up to one. */
  by?: 'width' | 'mass';
}

export interface ReliabilityRow {
  /** The bin's confidences lie in (from, to]; the first also holds 0. Of equal mass: those of its first and last image. */
  from: number;
  to: number;
  images: number;
  /** Means over its images. */
  confidence: number;
  accuracy: number;
}

/**
 * Confidence against accuracy, bin by bin (Guo et al. 2017, §2); bins without images are left out.
 * @param confidences of each image, the probability of the class that was chosen
 * @param right whether that class was the image's
 */
export function reliability(
  confidences: ArrayLike<number>,
  right: ArrayLike<boolean>,
  options: CalibrationOptions = {},
): ReliabilityRow[] {
  const { bins, by } = { ...DEFAULTS, ...options };
  const images = Array.from(confidences, (confidence, i) => ({ confidence, right: right[i] as boolean }));
  const binned = by === 'width' ? ofEqualWidth(images, bins) : ofEqualMass(images, bins);
  return binned.filter(({ images }) => images > 0);
}

/** Expected calibration error: the mean distance of confidence and accuracy, bins weighted by their images. */
export function calibrationError(rows: readonly ReliabilityRow[]): number {
  const total = rows.reduce((sum, { images }) => sum + images, 0);
  return rows.reduce((sum, row) => sum + (row.images / total) * Math.abs(row.accuracy - row.confidence), 0);
}

interface Judged {
  confidence: number;
  right: boolean;
}

function ofEqualWidth(images: readonly Judged[], bins: number): ReliabilityRow[] {
  const members: Judged[][] = Array.from({ length: bins }, () => []);
  for (const image of images) members[binOf(image.confidence, bins)]?.push(image);
  return members.map((inside, bin) => rowOf(inside, bin / bins, (bin + 1) / bins));
}

/** An edge belongs to the bin below it. */
function binOf(confidence: number, bins: number): number {
  return Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
}

/** The first bins have one more where they do not divide. */
function ofEqualMass(images: readonly Judged[], bins: number): ReliabilityRow[] {
  const sorted = images.toSorted((a, b) => a.confidence - b.confidence);
  const [least, larger] = [Math.floor(sorted.length / bins), sorted.length % bins];
  return Array.from({ length: bins }, (_, bin) => {
    const start = bin * least + Math.min(bin, larger);
    const inside = sorted.slice(start, start + least + Number(bin < larger));
    return rowOf(inside, inside[0]?.confidence ?? 0, inside.at(-1)?.confidence ?? 0);
  });
}

function rowOf(inside: readonly Judged[], from: number, to: number): ReliabilityRow {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    from,
    to,
    images: inside.length,
    confidence: mean(inside.map(({ confidence }) => confidence)),
    accuracy: mean(inside.map(({ right }) => Number(right))),
  };
}
