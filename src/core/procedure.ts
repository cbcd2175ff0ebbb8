/** Test procedures: what is shown to which states of a net, so that its soft-max outputs are averaged. */
export type Procedure =
  | ViewProcedure
  /** The single crop, by the net as it was at each of the last `count` evaluations. */
  | { kind: 'snapshots'; count: number };

/** Which views of a test image the trained net is shown. */
export type ViewProcedure =
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
