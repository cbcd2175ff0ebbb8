import { instantiate, type KernelMemory } from './instantiate.ts';

/** `values.wat`, assembled by `npm run kernels`. */
const WASM =
  'AGFzbQEAAAABNAZgCX9/f39/f39/fwBgCX9/fHx8fHx8fABgBH9/fHwAYAJ/fwF8YAN/f3wAYAV/f3x8fAADBwYAAQIDBAUFAwEABAdEBwZtZW1vcnkCAAZsb29rVXAAAAlub3JtYWxpc2UAAQVzY2FsZQACB2dyZXlTdW0AAwhzYXR1cmF0ZQAEBXNoaWZ0AAUK+gcG2gEBBH8DQCABIQkgASAEaiEKIAYhCyAFQQNGBEADQCALIAAgCS0AAEECdGooAgA2AgAgCyAAIAktAAFBAnRqKAKACDYCBCALIAAgCS0AAkECdGooAoAQNgIIIAlBA2ohCSALIAhqIQsgCSAKSQ0ACwUDQEEAIQwDQCALIAxBAnRqIAAgDEEIdCAJIAxqLQAAakECdGooAgA2AgAgDEEBaiEMIAwgBUkNAAsgCSAFaiEJIAsgCGohCyAJIApJDQALCyABIAJqIQEgBiAHaiEGIANBAWshAyADDQALC8kBAgF/B3sgACABQQxsaiEJIAL9FCEKIAP9FCAE/SIBIQsgBf0UIAP9IgEhDCAE/RQgBf0iASENIAb9FCAH/SIBIQ4gCP0UIAb9IgEhDyAH/RQgCP0iASEQA0AgACAA/V0DAP1fIAr98wEgC/3xASAO/fMB/V79WwMAACAAIAD9XQMI/V8gCv3zASAM/fEBIA/98wH9Xv1bAwgAIAAgAP1dAxD9XyAK/fMBIA398QEgEP3zAf1e/VsDEAAgAEEYaiEAIAAgCUkNAAsLmAECAX8FeyAAIAFBAnRqIQQgAv0UIQYgA/0UIQdEAAAAAADgb0D9FCEIA0AgAP0ABAAhBSAAIAYgBf1f/fIBIAf98AEgCP32ASAJ/fcB/V79WwMAACAAIAYgBSAF/Q0ICQoLDA0ODwABAgMEBQYH/V/98gEgB/3wASAI/fYBIAn99wH9Xv1bAwgAIABBEGohACAAIARJDQALC1oCAX8BfCAAIAFBDGxqIQIDQCADRIlBYOXQItM/IAAqAgC7okRiEFg5tMjiPyAAKgIEu6KgRMl2vp8aL70/IAAqAgi7oqCgIQMgAEEMaiEAIAAgAkkNAAsgAwvVAQIBfwV7IAAgAUEMbGohAyAC/RQhBkQAAAAAAOBvQP0UIQcDQEQAAAAAAADwPyACoUSJQWDl0CLTPyAAKgIAu6JEYhBYObTI4j8gACoCBLuioETJdr6fGi+9PyAAKgIIu6Kgov0UIQUgAP0ABAAhBCAAIAYgBP1f/fIBIAX98AEgB/32ASAI/fcB/V79WwMAACAAIAYgBCAE/Q0ICQoLDA0ODwABAgMEBQYH/V/98gEgBf3wASAH/fYBIAj99wH9Xv1aAggAIABBDGohACAAIANJDQALC4QBAgF/A3sgACABQQxsaiEFIAL9FCAD/SIBIQYgBP0UIAL9IgEhByAD/RQgBP0iASEIA0AgACAA/V0DAP1fIAb98AH9Xv1bAwAAIAAgAP1dAwj9XyAH/fAB/V79WwMIACAAIAD9XQMQ/V8gCP3wAf1e/VsDEAAgAEEYaiEAIAAgBUkNAAsL';

type Colours = [red: number, green: number, blue: number];

/** What each does stands in `values.wat`. */
interface ValuesKernel {
  memory: KernelMemory;
  lookUp(
    table: number,
    source: number,
    stride: number,
    height: number,
    rowBytes: number,
    channels: number,
    out: number,
    outStride: number,
    step: number,
  ): void;
  normalise(values: number, pixels: number, range: number, ...centreAndSpread: [...Colours, ...Colours]): void;
  scale(values: number, count: number, factor: number, offset: number): void;
  greySum(values: number, pixels: number): number;
  saturate(values: number, pixels: number, factor: number): void;
  shift(values: number, pixels: number, ...add: Colours): void;
}

export const kernel = instantiate<ValuesKernel>(WASM);
