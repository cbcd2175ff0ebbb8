/** Values of a safetensors file: how many bytes each type has, and which types become float32. */

export const DTYPE_BYTES: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
};

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Float32Array>> = {
  F32: bytes => {
    const values = new Float32Array(bytes.length / 4);
    new Uint8Array(values.buffer).set(bytes);
    return values;
  },
  F16: bytes => Float32Array.from({ length: bytes.length / 2 }, (_, i) => halfToNumber(bytes.readUInt16LE(2 * i))),
  BF16: bytes => {
    // bfloat16 is the upper half of a float32.
    const bits = Uint32Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readUInt16LE(2 * i) * 0x10000);
    return new Float32Array(bits.buffer);
  },
};

/** A copy as float32. Throws an `Error` whose message is the reason if the type is not a float of at most 32 bits. */
export function decodeValues(dtype: string, bytes: Buffer): Float32Array {
  const decode = Object.hasOwn(DECODERS, dtype) ? DECODERS[dtype] : undefined;
  if (decode === undefined) throw new Error(`its type ${dtype} is not one of ${Object.keys(DECODERS).join(', ')}`);
  return decode(bytes);
}

/** IEEE 754 binary16: sign, five bits of exponent, ten of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
