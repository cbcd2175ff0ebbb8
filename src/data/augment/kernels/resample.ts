import { instantiate, type KernelMemory } from './instantiate.ts';

/** `resample.wat`, assembled by `npm run kernels`. */
const WASM =
  'AGFzbQEAAAABGQJgCn9/f39/f39/f38AYAh/f39/f39/fwADAwIAAQUDAQAQBgkBfwBBgICAAQsHGwMGbWVtb3J5AgAHY29sdW1ucwAABHJvd3MAAQq7BQKnAwIGfwl7/QwAgACAAYABgAKAAoADgAOAIAP9D/0MAAD/AAAA/wAAAP8AAAD/AP1O/W4hECACIQ4DQCABQQFGBEBBACEOQQAhCQtBACEKIAghDyAFIQwDQCAAIAQgCkECdGooAgBqIQsgDCAGQQJ0aiEN/QwAAAAAAAAAAAAAAAAAAAAAIRX9DAAAAAAAAAAAAAAAAAAAAAAhFyMA/REhFiAWIRgDQCAL/V0DACAQ/Q4hESALIA5q/V0DACAQ/Q4hEiAM/QkCACETIAz9CQIEIRQgFSARIBP9ugH9rgEhFSAXIBIgE/26Af2uASEXIBYgESAU/boB/a4BIRYgGCASIBT9ugH9rgEhGCALIANBAXRqIQsgDEEIaiEMIAwgDUkNAAsgFUEL/asBIBb9rgFBFv2sASERIBdBC/2rASAY/a4BQRb9rAEhEiARIBL9hQEhESARIBH9ZiERIAggEf1aAgAAIAggCWogEf1aAgABIAggA2ohCCAKQQFqIQogCiAHSQ0ACyAPIAlBAXRqIQggACACQQF0aiEAIAFBAmshASABQQBKDQALC48CAgR/B3sDQCADIARBAnRqIQtBACEIA0AgACAIaiACKAIAaiEJIAMhCiMA/REhDyAPIRAgDyERIA8hEgNAIAr9CQIAIQwgCf0ABAAhDiAO/YkBIQ0gDv2KASEOIA8gDCAN/akB/bUB/a4BIQ8gECAMIA39qgH9tQH9rgEhECARIAwgDv2pAf21Af2uASERIBIgDCAO/aoB/bUB/a4BIRIgCSABaiEJIApBBGohCiAKIAtJDQALIAYgCGogD0EW/awBIBBBFv2sAf2FASARQRb9rAEgEkEW/awB/YUB/Wb9CwQAIAhBEGohCCAIIAdJDQALIAYgB2ohBiACQQRqIQIgCyEDIAVBAWshBSAFDQALCw==';

/** What each does stands in `resample.wat`. */
interface ResampleKernel {
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
    outStride: number,
  ): void;
  rows(
    source: number,
    stride: number,
    first: number,
    weights: number,
    taps: number,
    height: number,
    out: number,
    outStride: number,
  ): void;
}

export const kernel = instantiate<ResampleKernel>(WASM);
