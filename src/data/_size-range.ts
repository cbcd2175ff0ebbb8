/** Of many pictures: have they one size, and which square lies in all of them. */
export class SizeRange {
  private smallest: number | null = null;
  private first: { height: number; width: number } | null = null;
  private differ = false;

  /** Pictures of unknown size (0) are left out. */
  add({ height, width }: { height: number; width: number }): void {
    if (height === 0 || width === 0) return;
    this.first ??= { height, width };
    this.differ ||= this.first.height !== height || this.first.width !== width;
    this.smallest = Math.min(this.smallest ?? Number.POSITIVE_INFINITY, height, width);
  }

  /** Of pictures in three colours. */
  shape(): { shape: readonly [number, number, number]; sizesDiffer?: true } {
    const { smallest, first, differ } = this;
    if (first && !differ) return { shape: [first.height, first.width, 3] };
    return { shape: [smallest ?? 0, smallest ?? 0, 3], sizesDiffer: true };
  }
}
