import { instantiate, type KernelMemory } from './instantiate.ts';

/** `resample.wat`, assembled by `npm run kernels`. */
const WASM =
  'AGFzbQEAAAABFwJgCX9/f39/f39/fwBgB39/f39/f38AAwMCAAEFAwEAEAYJAX8AQYCAgAELBxsDBm1lbW9yeQIAB2NvbHVtbnMAAARyb3dzAAEKpQQCkQICBH8Ee/0MAIAAgAGAAYACgAKAA4ADgCAD/Q/9DAAA/wAAAP8AAAD/AAAA/wD9Tv1uIRADQEEAIQkgBSELA0AgACAEIAlBAnRqKAIAaiEKIAsgBkECdGohDP0MAAAAAAAAAAAAAAAAAAAAACEOIwD9ESEPA0AgCv1dAwAgEP0OIQ0gDiANIAv9CQIA/boB/a4BIQ4gDyANIAv9CQIE/boB/a4BIQ8gCiADQQF0aiEKIAtBCGohCyALIAxJDQALIA5BC/2rASAP/a4BQRb9rAEhDyAPIA/9hQEhDyAIIA8gD/1m/VoCAAAgCCADaiEIIAlBAWohCSAJIAdJDQALIAAgAmohACABQQFrIQEgAQ0ACwuPAgIEfwd7A0AgAyAEQQJ0aiEKQQAhBwNAIAAgB2ogAigCAGohCCADIQkjAP0RIQ4gDiEPIA4hECAOIREDQCAJ/QkCACELIAj9AAQAIQ0gDf2JASEMIA39igEhDSAOIAsgDP2pAf21Af2uASEOIA8gCyAM/aoB/bUB/a4BIQ8gECALIA39qQH9tQH9rgEhECARIAsgDf2qAf21Af2uASERIAggAWohCCAJQQRqIQkgCSAKSQ0ACyAGIAdqIA5BFv2sASAPQRb9rAH9hQEgEEEW/awBIBFBFv2sAf2FAf1m/QsEACAHQRBqIQcgByABSQ0ACyAGIAFqIQYgAkEEaiECIAohAyAFQQFrIQUgBQ0ACws=';

/** What each does stands in `resample.wat`. */
export interface ResampleKernel {
  memory: KernelMemory;
  columns(
    source: number,
    height: number,
    stride: number,
    channels: number,
    first: number,
    weights: number,
    taps: number,
    width: number,
    out: number,
  ): void;
  rows(source: number, stride: number, first: number, weights: number, taps: number, height: number, out: number): void;
}

export const kernel = instantiate<ResampleKernel>(WASM);
