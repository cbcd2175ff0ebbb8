/** Noise along the principal axes of colour (Krizhevsky, Sutskever & Hinton 2012, §4.1). */
import type { Stream } from '../../core/random.ts';
import type { WorkImage } from './work-image.ts';

/** Eigenvectors as columns, and eigenvalues, of the covariance of RGB in 0 … 1. */
export interface ColourAxes {
  vectors: readonly (readonly [number, number, number])[];
  values: readonly [number, number, number];
}

/** As they have been handed down since Torch's ResNet code; the paper prints none. */
export const IMAGENET_AXES: ColourAxes = {
  vectors: [
    [-0.5675, 0.7192, 0.4009],
    [-0.5808, -0.0045, -0.814],
    [-0.5836, -0.6948, 0.4203],
  ],
  values: [0.2175, 0.0188, 0.0045],
};

/**
 * Adds [p₁ p₂ p₃][α₁λ₁ α₂λ₂ α₃λ₃]ᵀ to every pixel, α normal of deviation `std` (0.1 in the paper), drawn once an image.
 * The image's numbers are 0 … 255; what leaves that range is not cut, as in the paper's code.
 */
export function addColourNoise(image: WorkImage, axes: ColourAxes, std: number, draws: Stream): void {
  const along = axes.values.map(value => std * draws.normal() * value);
  const shift = axes.vectors.map(row => 255 * row.reduce((sum, part, axis) => sum + part * (along[axis] as number), 0));
  image.shift(shift as [number, number, number]);
}
