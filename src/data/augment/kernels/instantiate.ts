/** What of it is used here: TypeScript has its types only with those of a browser. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

export interface KernelMemory {
  /** Another one after it has grown. */
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Exports of a module that imports nothing; `wasm` is base64. */
export function instantiate<Exports>(wasm: string): Exports {
  return new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(wasm, 'base64'))).exports as Exports;
}
