/**
 * What must never be written down: values that look like secrets, told by the name beside them or by their shape.
 * It errs on the side of hiding; what is hidden is counted, so that a reader knows that something stood there.
 */

export const REDACTED = '[redacted]';

/** Words in the name of a variable, option or field whose value is nobody's business. */
const NAME =
  '(?:token|secret|passw(?:or)?d|passphrase|passwd|pwd|api[_-]?key|access[_-]?key|private[_-]?key|credential)';
const SECRET_NAME = new RegExp(`${NAME}|(?:^|_)(?:key|auth|cookie|pat)(?:$|_)`, 'i');

/** Forms that say themselves what they are. */
const KNOWN_SHAPES: readonly RegExp[] = [
  /\beyJ[\w-]{6,}\.[\w-]{4,}\.[\w-]*/g, // JSON web token
  /\b(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{16}\b/g, // AWS key id
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g, // GitHub
  /\bgithub_pat_\w{20,}/g,
  /\bglpat-[\w-]{16,}/g, // GitLab
  /\bnpm_[A-Za-z0-9]{20,}/g,
  /\bhf_[A-Za-z0-9]{20,}/g, // Hugging Face
  /\bpypi-[\w-]{20,}/g,
  /\bxox[abeoprs]-[\w-]{10,}/g, // Slack
  /\bAIza[\w-]{30,}/g, // Google
  /\b[sr]k[-_][\w-]{20,}/g, // Stripe, OpenAI
];

/** `scheme://user:password@host`, and `scheme://token@host`. */
const URL_LOGIN = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#'"`]+@/gi;
const BEARER = /\b(Bearer\s+|Authorization["'`]?\s*[:=]\s*["'`]?\w+\s+)[\w.~+/=-]{8,}/gi;
const PRIVATE_KEY =
  /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g;
/** `name = "value"`, `"name": "value"`, with any quotes. */
const QUOTED = new RegExp(
  `(${NAME}[\\w.-]*["'\`]?\\s*(?::\\s*\\w+\\s*)?[:=]\\s*)(["'\`])((?:(?!\\2)[^\\\\\\n]|\\\\.)+)\\2`,
  'gi',
);
/** `NAME=value` of shells and .env files, `--name value` and `--name=value` of command lines. */
const ASSIGNED = new RegExp(`((?:^|[\\s+;&?-])(?:export\\s+)?[\\w.-]*${NAME}[\\w.-]*=)([^\\s"'\`&;]+)`, 'gim');
/** `name: value` of YAML. */
const YAML = new RegExp(`(^[ +-]?[ \\t-]*[\\w.-]*${NAME}[\\w.-]*:[ \\t]+)([^\\s"'\`,;{}()[\\]]+)[ \\t]*$`, 'gim');
const OPTION = new RegExp(`(--[\\w-]*${NAME}[\\w-]*\\s+)(?!--)([^\\s]+)`, 'gi');

const LONG_HEX = /(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])/gi;
const LONG_BASE64 = /[A-Za-z0-9+/_-]{32,}={0,2}/g;
/** A digest is no secret where it is called one; sources and lockfiles are full of them. */
const CALLED_DIGEST =
  /(?:sha-?\d*|md5|hash|digest|fingerprint|checksum|integrity|commit|crc32)\w*["'`]?\s*[:=-]\s*["'`]?(?:sha\d+-)?$/i;
/** Of two neighbours in random base64, 0.65 differ in kind (upper, lower, digit); in words and paths about 0.3. */
const RANDOM_CHANGES = 0.4;

export interface Redacted {
  text: string;
  /** How many places were hidden. */
  places: number;
}

export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/** The text with what looks like a secret hidden. Line breaks, and the first character of each line, stay as they are. */
export function redact(text: string): Redacted {
  let places = 0;
  const hide = (kept = ''): string => {
    places++;
    return kept + REDACTED;
  };
  let clean = text.replace(PRIVATE_KEY, block => hideLines(block, hide));
  clean = clean.replace(URL_LOGIN, (_all, scheme: string) => `${hide(scheme)}@`);
  for (const shape of KNOWN_SHAPES) clean = clean.replace(shape, () => hide());
  clean = clean.replace(BEARER, (_all, word: string) => hide(word));
  clean = clean.replace(QUOTED, (all, name: string, quote: string, value: string) =>
    value === REDACTED ? all : `${hide(name + quote)}${quote}`,
  );
  for (const form of [ASSIGNED, YAML, OPTION]) {
    clean = clean.replace(form, (all, name: string, value: string) => (value === REDACTED ? all : hide(name)));
  }
  clean = clean.replace(LONG_HEX, (digits, at: number, all: string) => (isDigest(all, at) ? digits : hide()));
  clean = clean.replace(LONG_BASE64, (word, at: number, all: string) =>
    looksRandom(word) && !isDigest(all, at) ? hide(/^[+-]/.test(word) && startsLine(all, at) ? word[0] : '') : word,
  );
  return { text: clean, places };
}

/** Of a variable: all of it if the name says so, else what looks like a secret. */
export function redactVariable(name: string, value: string): string {
  return isSecretName(name) ? REDACTED : redact(value).text;
}

/** Each line keeps the sign that a patch puts before it. */
function hideLines(block: string, hide: (kept?: string) => string): string {
  const [, ...rest] = block.split('\n');
  return [hide(), ...rest.map(line => line.slice(0, /^[ +-]/.test(line) ? 1 : 0) + REDACTED)].join('\n');
}

const startsLine = (text: string, at: number): boolean => at === 0 || text[at - 1] === '\n';

function isDigest(text: string, at: number): boolean {
  return CALLED_DIGEST.test(text.slice(Math.max(0, at - 40), at));
}

function looksRandom(word: string): boolean {
  if (!/[a-z]/.test(word) || !/[A-Z]/.test(word) || !/[0-9]/.test(word)) return false;
  const kinds = [...word.replace(/[^A-Za-z0-9]/g, '')].map(kindOf);
  const changes = kinds.filter((kind, i) => i > 0 && kind !== kinds[i - 1]).length;
  return changes / (kinds.length - 1) > RANDOM_CHANGES;
}

function kindOf(character: string): number {
  if (character >= 'a' && character <= 'z') return 0;
  if (character >= 'A' && character <= 'Z') return 1;
  return 2;
}
