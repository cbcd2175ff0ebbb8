/** Job arrays on a Slurm cluster. */
import { UserError } from '../../core/errors.ts';
import { benchDir, packageRoot } from '../../core/places.ts';
import { checkoutProvenance } from '../checkout.ts';
import { copyCode } from '../code-copy.ts';
import { defineExecutor, type ExecutorContext } from '../executor.ts';
import { planArrays } from '../slurm/planned-arrays.ts';
import { DEFAULT_ARRAY_SIZE, maxArraySize } from '../slurm/queue.ts';
import { parseSettings, type SlurmSettings } from '../slurm/settings.ts';
import { SlurmExecutor, type SlurmOptions } from '../slurm/slurm-executor.ts';
import { whyNoRepository } from '../worktree.ts';

export default defineExecutor<SlurmSettings>({
  name: 'slurm',
  settings(spec, where, workers) {
    const settings = parseSettings(spec, where);
    return workers === undefined ? settings : { ...settings, arrayLimit: workers };
  },
  detached: true,
  atOnce: ({ arrayLimit }, cells) => arrayLimit ?? cells,
  start(settings, context) {
    const { experiment, say } = context;
    return new SlurmExecutor({ benchDir: benchDir(), experiment, settings, say, ...copying(settings, context) });
  },
  /** Also where there is no Slurm to ask. */
  async scripts(settings, cells, experiment) {
    const maxTasks = await maxArraySize().catch(() => DEFAULT_ARRAY_SIZE);
    const arrays = planArrays(cells, { benchDir: benchDir(), experiment, settings, maxTasks });
    return arrays.map(({ chunks, script }) => ({ tasks: chunks.length, script }));
  },
});

/** Of the checkout as it is now, made when something is submitted. A package that was installed does not change. */
function copying({ code, nodeCache }: SlurmSettings, progress: ExecutorContext): Pick<SlurmOptions, 'copyCode'> {
  if (code === 'in-place') return {};
  const why = whyNoRepository(packageRoot);
  if (why !== null && nodeCache !== undefined)
    throw new UserError(
      `nodeCache: expected bench in a git checkout, to copy it with its packages; ${why} (${packageRoot}).`,
    );
  if (why !== null) return {};
  const checkout = checkoutProvenance();
  return { copyCode: () => copyCode(packageRoot, benchDir(), checkout, { ...progress, runCache: nodeCache }) };
}
