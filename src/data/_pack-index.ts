/** Where a picture lies in a pack: 16 bytes an image, little-endian. */
export interface Place {
  /** Of its first byte in the file of pixels. */
  offset: number;
  /** 0: the file could not be decoded. */
  height: number;
  width: number;
  label: number;
  set: 'train' | 'test';
}

export const PLACE_BYTES = 16;
const AT = { offset: 0, height: 8, width: 10, label: 12, set: 14 } as const;

export function encodePlace({ offset, height, width, label, set }: Place): Buffer {
  const bytes = Buffer.alloc(PLACE_BYTES);
  bytes.writeDoubleLE(offset, AT.offset);
  bytes.writeUInt16LE(height, AT.height);
  bytes.writeUInt16LE(width, AT.width);
  bytes.writeUInt16LE(label, AT.label);
  bytes.writeUInt8(set === 'test' ? 1 : 0, AT.set);
  return bytes;
}

/** Of image `index`. */
export function decodePlace(places: Buffer, index: number): Place {
  const at = index * PLACE_BYTES;
  return {
    offset: places.readDoubleLE(at + AT.offset),
    height: places.readUInt16LE(at + AT.height),
    width: places.readUInt16LE(at + AT.width),
    label: places.readUInt16LE(at + AT.label),
    set: places.readUInt8(at + AT.set) === 1 ? 'test' : 'train',
  };
}
