import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSecretName, REDACTED, redact, redactVariable } from '../../src/core/secrets.ts';
import { shapedSecrets } from '../secrets.ts';

const runs = { numRuns: 300, seed: 20_26 };

describe('a planted secret is not left', () => {
  test.each(Object.entries(shapedSecrets))('%s, by its shape alone', (_name, secret) => {
    fc.assert(
      fc.property(secret, fc.constantFrom('', '+', ' ', 'x=', 'see ', '"'), (value, before) => {
        const { text, places } = redact(`first line\n${before}${value}\nlast line`);
        expect(text).not.toContain(value);
        expect(text).toMatch(/^first line\n.*\nlast line$/);
        expect(places).toBeGreaterThan(0);
      }),
      runs,
    );
  });

  test('any word, by the name beside it', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_.!%^*]{6,40}$/).filter(value => !REDACTED.includes(value));
    const names = fc.constantFrom('API_KEY', 'my-secret', 'dbPassword', 'GH_TOKEN', 'passphrase');
    const forms: ((name: string, value: string) => string)[] = [
      (name, value) => `+const ${name} = '${value}';`,
      (name, value) => `{"${name}": "${value}"}`,
      (name, value) => `export ${name}=${value}`,
      (name, value) => `bench run x --${name} ${value}`,
      (name, value) => `bench run x --${name}=${value} --tier quick`,
      (name, value) => `+  ${name}: ${value}`,
    ];
    fc.assert(
      fc.property(names, word, fc.constantFrom(...forms), (name, value, form) => {
        const { text } = redact(form(name, value));
        expect(text.replaceAll(name, '').replaceAll(REDACTED, '')).not.toContain(value);
      }),
      runs,
    );
  });

  test('the login of an address', () => {
    expect(redact('git+https://me:pa55@host.org/x and redis://:word@h:1/0')).toEqual({
      text: `git+https://${REDACTED}@host.org/x and redis://${REDACTED}@h:1/0`,
      places: 2,
    });
  });

  test('a private key, also inside a patch', () => {
    const lines = ['-----BEGIN RSA PRIVATE KEY-----', 'c2hvcnQ', '-----END RSA PRIVATE KEY-----', 'after'];
    const { text } = redact(lines.map(line => `+${line}`).join('\n'));
    expect(text.split('\n')).toEqual([`+${REDACTED}`, `+${REDACTED}`, `+${REDACTED}`, '+after']);
  });

  test('a variable whose name says so is hidden whole', () => {
    for (const name of ['BENCH_TOKEN', 'TF_KEY', 'BENCH_AUTH', 'CUDA_PASSWORD', 'BENCH_DB_PASSWD']) {
      expect(isSecretName(name)).toBe(true);
      expect(redactVariable(name, 'short')).toBe(REDACTED);
    }
  });
});

test.each([
  'TF_ENABLE_ONEDNN_OPTS=1',
  '/usr/lib/x86_64-linux-gnu/libjemalloc.so.2:/home/me/Projects/ConvNets2/lib/libshim.so',
  '--tf_xla_auto_jit=2 --tf_xla_cpu_global_jit --max-old-space-size=4096',
  'const weightsOfLayersThatWereFrozenBeforeTraining2 = resnetWithShortcutsInEveryBlock34(options);',
  "import { provideTensorFlow } from '../../engine/provision/InceptionResNetV2WeightMaps3.ts';",
  `"integrity": "sha512-${randomBytes(64).toString('base64')}"`,
  `sha256: '${randomBytes(32).toString('hex')}',`,
  'index 1a2b3c4..5d6e7f8 100644',
  'const tokens = words.length; // each token: a word',
  'Basic building blocks; the keyboard and the monkey',
])('what is no secret stays: %s', text => {
  expect(redact(text)).toEqual({ text, places: 0 });
});

test('what is clean stays as it is when it is cleaned again', () => {
  const dirty = 'password="hunter22" Bearer abcdefghijkl https://u:p@h';
  const { text } = redact(dirty);
  expect(redact(text).text).toBe(text);
});
