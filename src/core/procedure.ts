/** Test procedures: which views of a test image a net is shown, whose soft-max outputs are then averaged. */
export type Procedure =
  /** The middle of the picture. */
  | { kind: 'single-crop' }
  /** Corners and middle of the picture, and their mirror images (Krizhevsky et al. 2012, §4.1). */
  | { kind: 'ten-crop' }
  /** The middle of the picture at each of these shorter sides, and its mirror image. */
  | { kind: 'multi-scale'; scales: readonly number[] }
  /**
   * The net applied convolutionally to the whole picture at each of these shorter sides (null: as the input says), and to
   * its mirror image; the map of class scores is averaged (Simonyan & Zisserman 2014, §3.2).
   */
  | { kind: 'dense'; scales: readonly number[] | null }
  /** Four scales, three squares, six crops, mirrored (Szegedy et al. 2014, §7). */
  | { kind: '144-crop'; scales: readonly number[] };

export const DEFAULT_PROCEDURES: readonly Procedure[] = [{ kind: 'single-crop' }];
