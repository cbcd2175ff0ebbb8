import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { chosenExecutor } from '../../src/cli/run/chosen-executor.ts';
import { allExecutors } from '../../src/runner/executors/index.ts';
import { useNewFolder } from '../new-folder.ts';

useNewFolder();

const config = (executor: string): void =>
  writeFileSync('bench.config.ts', `import { slurm } from 'convbench';\nexport default { executor: ${executor} };\n`);

test('each file is an executor of its name', async () => {
  const executors = await allExecutors();
  expect([...executors.keys()]).toEqual(expect.arrayContaining(['local', 'slurm']));
  for (const [name, { settings }] of executors) expect(settings({ kind: name }, 'here')).toMatchObject({ kind: name });
});

test('without a word it is this machine; else what the file says, unless the command says another', async () => {
  const chosen = async (on?: string) => {
    const { definition, settings } = await chosenExecutor({ ...(on && { on }) });
    return [definition.name, (settings as { partition?: string }).partition];
  };
  expect(await chosen()).toEqual(['local', undefined]);
  expect(await chosen('slurm')).toEqual(['slurm', undefined]);
  config("slurm({ partition: 'main' })");
  expect(await chosen()).toEqual(['slurm', 'main']);
  expect(await chosen('slurm')).toEqual(['slurm', 'main']);
  expect(await chosen('local')).toEqual(['local', undefined]);
});

test('as many cells at once as --workers says, else as the settings say', async () => {
  config('slurm({ arrayLimit: 8 })');
  const atOnce = async (workers?: number) => {
    const { definition, settings } = await chosenExecutor({ ...(workers && { workers }) });
    return definition.atOnce(settings, 20);
  };
  expect([await atOnce(), await atOnce(3)]).toEqual([8, 3]);
  const { slurm, local } = Object.fromEntries(await allExecutors());
  expect(slurm?.atOnce(slurm.settings({ kind: 'slurm' }, 'here'), 20)).toBe(20);
  expect(local?.atOnce({}, 20)).toBeNull();
});

test.each([
  ["{ kind: 'slrum' }", /^unknown executor "slrum"\. Did you mean "slurm"\? Known: .*local, .*slurm\.$/],
  ["{ kind: 'local', partition: 'main' }", /bench\.config\.ts: field executor\.partition: unknown field\.$/],
  ['3', /bench\.config\.ts: field executor: expected `slurm\(\{ … \}\)` or `\{ kind: NAME \}`, got 3\.$/],
  ['{}', /bench\.config\.ts: field executor\.kind: expected a name, got undefined\.$/],
])('executor %s is refused in one line', async (executor, message) => {
  config(executor);
  await expect(chosenExecutor({})).rejects.toThrow(message);
});
