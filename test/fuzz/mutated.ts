/** Files that are nearly right: whole ones with a few changes, of bytes or of JSON's words. */
import fc from 'fast-check';

const MOST_CHANGES = 6;
const LONGEST_PIECE = 64;
/** Where a length, a count or an offset stands, these hurt most. */
const ODD_INTEGERS = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];
const ODD_WORDS = [
  ...['null', 'true', '-1', '0', '0.5', '1e999', '-1e-999', '9007199254740993', 'NaN', 'Infinity', '""', '"\\u0000"'],
  ...['[]', '{}', '[[[[[[[[]]]]]]]]', '{"__proto__":{}}', '"../../x"', '"‮<script>"', '"NaN"', '"2026-02-30"'],
];
const WORD = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null/g;

type Change = (bytes: Buffer) => Buffer;

/** The samples, each with up to six changes. `seal` makes checksums true again in half of them. */
export function mutated(
  samples: readonly Buffer[],
  seal: (bytes: Buffer) => Buffer = bytes => bytes,
): fc.Arbitrary<Buffer> {
  return fc
    .tuple(fc.constantFrom(...samples), fc.array(change, { maxLength: MOST_CHANGES }), fc.boolean())
    .map(([sample, changes, isSealed]) => {
      const changed = changes.reduce<Buffer>((bytes, apply) => apply(bytes), Buffer.from(sample));
      return isSealed ? seal(changed) : changed;
    });
}

const place = fc.nat(0xffffff);
const length = fc.integer({ min: 1, max: LONGEST_PIECE });

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, fc.nat(255)).map(([at, byte]) => replacing(at, Buffer.of(byte))),
  fc.tuple(place, fc.constantFrom(...ODD_INTEGERS), fc.boolean()).map(([at, n, big]) => replacing(at, integer(n, big))),
  fc.tuple(place, fc.uint8Array({ maxLength: LONGEST_PIECE })).map(([at, piece]) => inserting(at, piece)),
  fc.tuple(place, length).map(([at, size]) => removing(at, size)),
  fc.tuple(place, place, length).map(([from, to, size]) => repeating(from, to, size)),
  place.map(
    (at): Change =>
      bytes =>
        bytes.subarray(0, within(at, bytes)),
  ),
  fc.tuple(place, fc.constantFrom(...ODD_WORDS)).map(([nth, word]) => rewording(nth, word)),
);

const within = (place: number, bytes: Buffer): number => place % (bytes.length + 1);

const inserting =
  (place: number, piece: Uint8Array): Change =>
  bytes => {
    const at = within(place, bytes);
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  };

const removing =
  (place: number, size: number): Change =>
  bytes => {
    const at = within(place, bytes);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
  };

const replacing =
  (place: number, piece: Buffer): Change =>
  bytes =>
    inserting(place, piece)(removing(place, piece.length)(bytes));

const repeating =
  (from: number, to: number, size: number): Change =>
  bytes => {
    const at = within(from, bytes);
    return inserting(to, bytes.subarray(at, at + size))(bytes);
  };

/** Another word of JSON in the place of one. */
const rewording =
  (nth: number, word: string): Change =>
  bytes => {
    const text = bytes.toString('latin1');
    const words = [...text.matchAll(WORD)];
    const chosen = words[nth % Math.max(1, words.length)];
    if (chosen === undefined) return bytes;
    const end = chosen.index + chosen[0].length;
    return Buffer.concat([bytes.subarray(0, chosen.index), Buffer.from(word), bytes.subarray(end)]);
  };

function integer(value: number, isBigEndian: boolean): Buffer {
  const bytes = Buffer.alloc(4);
  if (isBigEndian) bytes.writeUInt32BE(value);
  else bytes.writeUInt32LE(value);
  return bytes;
}
