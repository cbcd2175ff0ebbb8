/** How cells are cut into job arrays, and what stands in a batch script. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { planArrays } from '../../../src/runner/slurm/planned-arrays.ts';
import { parseSettings, type SlurmSpec } from '../../../src/runner/slurm/settings.ts';

const cells = (count: number, threads = 1) => Array.from({ length: count }, (_, cell) => ({ cell, threads }));

function planned(items: readonly { threads: number }[], spec: SlurmSpec = {}, maxTasks = 1000, benchDir = '/shared') {
  const settings = parseSettings({ kind: 'slurm', ...spec }, 'test');
  return planArrays(items, { benchDir, experiment: 'x', settings, maxTasks });
}

const optionsOf = (script: string): string[] =>
  [...script.matchAll(/^#SBATCH (.*)$/gm)].map(([, option = '']) => option);

test('a cell a task, and no array longer than the cluster allows', () => {
  const arrays = planned(cells(7), {}, 3);
  expect(arrays.map(({ chunks }) => chunks.map(chunk => chunk.length))).toEqual([[1, 1, 1], [1, 1, 1], [1]]);
  expect(arrays.map(({ script }) => optionsOf(script).find(option => option.startsWith('--array')))).toEqual([
    '--array=0-2',
    '--array=0-2',
    '--array=0-0',
  ]);
  expect(arrays.flatMap(({ chunks }) => chunks.flat())).toEqual(cells(7));
  expect(new Set(arrays.map(({ token }) => token)).size).toBe(3);
  expect(planned([])).toEqual([]);
});

test('short cells share a task, one after the other', () => {
  const arrays = planned(cells(7), { cellsPerTask: 3 }, 2);
  expect(arrays.map(({ chunks }) => chunks.map(chunk => chunk.length))).toEqual([[3, 3], [1]]);
});

test('arrayLimit is the number of tasks that run at once', () => {
  expect(planned(cells(9), { arrayLimit: 4 })[0]?.script).toContain('#SBATCH --array=0-8%4\n');
});

describe('the script', () => {
  test('says what was asked for, and nothing that was not', () => {
    const [array] = planned(cells(2, 3), {
      partition: 'main',
      account: 'lab',
      qos: 'low',
      time: '2:00:00',
      memory: '4G',
      gpus: 1,
      warningSeconds: 90,
      setup: ['module load nodejs/22'],
      options: ['--constraint=avx512'],
    });
    const { token = '', script = '' } = array ?? {};
    expect(optionsOf(script)).toEqual([
      `--job-name=${token}`,
      `--comment=${token}`,
      '--array=0-1',
      '--ntasks=1',
      '--cpus-per-task=3',
      `--output=/shared/slurm/${token}/%a.log`,
      '--open-mode=append',
      '--signal=B:USR1@90',
      '--partition=main',
      '--account=lab',
      '--qos=low',
      '--time=2:00:00',
      '--mem=4G',
      '--gpus=1',
      '--requeue',
      '--constraint=avx512',
    ]);
    expect(script).toMatch(/\nmodule load nodejs\/22\nexec .+ "\$SLURM_ARRAY_TASK_ID"\n$/);
    const plain = optionsOf(planned(cells(1))[0]?.script ?? '').map(option => option.replace(/=.*/, ''));
    for (const name of ['partition', 'account', 'qos', 'time', 'mem', 'gpus']) expect(plain).not.toContain(`--${name}`);
  });

  test('is a script of bash, wherever the results lie', () => {
    const [array] = planned(cells(1), { cpus: 2 }, 10, "/it's here/50%");
    expect(optionsOf(array?.script ?? '')).toContain(`--output='/it'\\''s here/50%%/slurm/${array?.token}/%a.log'`);
    const { status, stderr } = spawnSync('bash', ['-n'], { input: array?.script ?? '', encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
