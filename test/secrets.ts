/** Made-up secrets of the usual shapes, for tests that plant them and look for them afterwards. */
import fc from 'fast-check';

const bytes = (length: number): fc.Arbitrary<Buffer> =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .filter(isMixed)
    .map(array => Buffer.from(array));
const word = (alphabet: string, length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: length, maxLength: length });
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const shapedSecrets: Record<string, fc.Arbitrary<string>> = {
  hex: bytes(20).map(value => value.toString('hex')),
  base64: bytes(48)
    .filter(value => isRandom(value.toString('base64')))
    .map(value => value.toString('base64')),
  base64url: bytes(48)
    .filter(value => isRandom(value.toString('base64url')))
    .map(value => value.toString('base64url')),
  'JSON web token': fc
    .tuple(word(LETTERS, 20), word(LETTERS, 30), word(LETTERS, 43))
    .map(parts => `eyJ${parts.join('.')}`),
  'AWS key id': word('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16).map(rest => `AKIA${rest}`),
  'GitHub token': word(LETTERS, 36).map(rest => `ghp_${rest}`),
  'fine-grained GitHub token': word(LETTERS, 40).map(rest => `github_pat_${rest}`),
  'GitLab token': word(LETTERS, 20).map(rest => `glpat-${rest}`),
  'npm token': word(LETTERS, 36).map(rest => `npm_${rest}`),
  'Hugging Face token': word(LETTERS, 34).map(rest => `hf_${rest}`),
  'Slack token': word('0123456789', 24).map(rest => `xoxb-${rest}`),
};

/** Not the shrunk and boundary cases (all zeros, …) that fast-check likes: nobody's key looks like these. */
function isMixed(array: Uint8Array): boolean {
  return new Set(array).size > 0.8 * array.length;
}

/** As in nearly all of a random generator's outputs: upper, lower and digits follow each other without order. */
function isRandom(text: string): boolean {
  const kinds = [...text].map(c => (/[a-z]/.test(c) ? 0 : /[A-Z]/.test(c) ? 1 : /[0-9]/.test(c) ? 2 : 3));
  return kinds.filter((kind, i) => i > 0 && kind !== kinds[i - 1]).length > 0.5 * kinds.length;
}
