/** Rows: what an image is. Columns: what it was taken for. */
export type ConfusionMatrix = readonly (readonly number[])[];

interface Confusion {
  /** Class indices. */
  is: number;
  takenFor: number;
  images: number;
  /** Of the images of the class `is`. */
  share: number;
}

export function confusionMatrix(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): ConfusionMatrix {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) {
    const row = matrix[labels[i] as number] as number[];
    row[predicted[i] as number] = (row[predicted[i] as number] as number) + 1;
  }
  return matrix;
}

/** Off the diagonal, by images, most first; classes in their order where equal. */
export function mostConfused(matrix: ConfusionMatrix, limit: number): Confusion[] {
  const pairs = matrix.flatMap((row, is) => {
    const total = row.reduce((sum, images) => sum + images, 0);
    return row.map((images, takenFor) => ({ is, takenFor, images, share: images / total }));
  });
  const wrong = pairs.filter(({ is, takenFor, images }) => is !== takenFor && images > 0);
  return wrong.sort((a, b) => b.images - a.images).slice(0, limit);
}
