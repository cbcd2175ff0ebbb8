import { gunzipSync } from 'node:zlib';

/** Several times the largest IDX file that is published with gzip. */
const MAX_BYTES = 256 * 1024 * 1024;

/** For what came from elsewhere and has no checksum yet: a few kilobytes must not fill the memory. Throws on more. */
export const gunzipBounded = (bytes: Buffer): Buffer => gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
