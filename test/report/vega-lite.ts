/** Vega-Lite's own schema and compiler. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { compile } from 'vega-lite';
import { expect } from 'vitest';

const schema = JSON.parse(readFileSync('node_modules/vega-lite/build/vega-lite-schema.json', 'utf8'));
const ajv = new Ajv({ strict: false, allowUnionTypes: true });
addFormats.default(ajv);
ajv.addFormat('color-hex', /^#[0-9a-f]{3,8}$/i);
const validate = ajv.compile(schema);

/** Expects that the schema allows `spec` and that the compiler says nothing of it. Returns what it makes of it. */
export function compiled(spec: object | null): ReturnType<typeof compile>['spec'] {
  const plain = JSON.parse(JSON.stringify(spec));
  expect(validate(plain), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  const warnings: string[] = [];
  const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger } as never;
  function note(...texts: unknown[]) {
    warnings.push(texts.join(' '));
    return logger;
  }
  const { spec: vega } = compile(plain, { logger });
  expect(warnings).toEqual([]);
  return vega;
}
