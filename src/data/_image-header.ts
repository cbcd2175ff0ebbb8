/** What the first bytes of a JPEG, PNG or WebP file say. Decoding says the rest: a good header promises nothing. */

export interface ImageHeader {
  /** 0: unknown. */
  height: number;
  width: number;
  /** In which ways it is not a plain picture of 8-bit red, green and blue. */
  forms: readonly ImageForm[];
}

/** What is converted, and how a person calls it. */
export type ImageForm = 'grey' | 'CMYK' | '16-bit' | 'with alpha' | 'animated';

const UNKNOWN: ImageHeader = { height: 0, width: 0, forms: [] };

export function readImageHeader(bytes: Buffer): ImageHeader {
  try {
    if (bytes.readUInt16BE(0) === 0xffd8) return jpegHeader(bytes);
    if (bytes.readUInt32BE(0) === 0x89504e47) return pngHeader(bytes);
    if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP')
      return webpHeader(bytes);
  } catch {
    // It ends within its header.
  }
  return UNKNOWN;
}

/** Markers of a frame, ITU T.81 table B.1: all of C0 … CF but the tables C4 and CC and the extension C8. */
const isFrame = (marker: number): boolean => (marker & 0xf0) === 0xc0 && ![0xc4, 0xc8, 0xcc].includes(marker);
const isWithoutLength = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

function jpegHeader(bytes: Buffer): ImageHeader {
  let at = 2;
  while (bytes.readUInt8(at) === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    if (isFrame(marker)) return jpegFrame(bytes, at + 4);
    if (marker === 0xff) at += 1;
    else at += isWithoutLength(marker) ? 2 : 2 + bytes.readUInt16BE(at + 2);
  }
  return UNKNOWN;
}

function jpegFrame(bytes: Buffer, at: number): ImageHeader {
  const components = bytes.readUInt8(at + 5);
  const forms = only({ grey: components === 1, CMYK: components === 4, '16-bit': bytes.readUInt8(at) > 8 });
  return { height: bytes.readUInt16BE(at + 1), width: bytes.readUInt16BE(at + 3), forms };
}

/** W3C PNG, §11.2.2; an animation has its control chunk before the data. */
function pngHeader(bytes: Buffer): ImageHeader {
  const type = bytes.readUInt8(25);
  const forms = only({
    grey: type === 0 || type === 4,
    '16-bit': bytes.readUInt8(24) === 16,
    'with alpha': type === 4 || type === 6,
    animated: chunkNames(bytes).includes('acTL'),
  });
  return { height: bytes.readUInt32BE(20), width: bytes.readUInt32BE(16), forms };
}

function chunkNames(bytes: Buffer): string[] {
  const names: string[] = [];
  for (let at = 8; at + 8 <= bytes.length && names.at(-1) !== 'IDAT'; at += 12 + bytes.readUInt32BE(at))
    names.push(bytes.toString('latin1', at + 4, at + 8));
  return names;
}

/** RFC 9649: simple lossy, simple lossless, extended. */
function webpHeader(bytes: Buffer): ImageHeader {
  const kind = bytes.toString('latin1', 12, 16);
  if (kind === 'VP8 ')
    return { height: bytes.readUInt16LE(28) & 0x3fff, width: bytes.readUInt16LE(26) & 0x3fff, forms: [] };
  if (kind === 'VP8L') {
    const bits = bytes.readUInt32LE(21);
    const forms = only({ 'with alpha': ((bits >>> 28) & 1) === 1 });
    return { height: ((bits >>> 14) & 0x3fff) + 1, width: (bits & 0x3fff) + 1, forms };
  }
  if (kind !== 'VP8X') return UNKNOWN;
  const flags = bytes.readUInt8(20);
  const forms = only({ 'with alpha': (flags & 0x10) !== 0, animated: (flags & 0x02) !== 0 });
  return { height: bytes.readUIntLE(27, 3) + 1, width: bytes.readUIntLE(24, 3) + 1, forms };
}

function only(forms: Partial<Record<ImageForm, boolean>>): ImageForm[] {
  return (Object.keys(forms) as ImageForm[]).filter(form => forms[form]);
}
