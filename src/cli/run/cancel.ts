/** `bench cancel`: ends an experiment wherever it runs; what ran is kept. */
import { EXIT, UserError } from '../../core/errors.ts';
import { benchDir } from '../../core/places.ts';
import { pick } from '../../core/registry.ts';
import { lockHolder } from '../../runner/experiment-lock.ts';
import { experimentFiles } from '../../runner/experiments.ts';
import { liveArrays } from '../../runner/slurm/arrays.ts';
import { cancelArrays } from '../../runner/slurm/cancel.ts';
import { controllerAway } from '../../runner/slurm/queue.ts';
import { printJson } from '../output/json.ts';

export async function cancelCommand(id: string, { kill, json }: { kill?: boolean; json?: boolean }): Promise<number> {
  pick('experiment', id, experimentFiles());
  const arrays = await liveArrays(benchDir(), id);
  if (arrays === null) throw controllerAway();
  await cancelArrays(
    benchDir(),
    arrays.map(({ token }) => token),
    kill ? 'kill' : 'ask',
  );
  const pid = arrays.length > 0 ? null : askProcess(id);
  if (arrays.length === 0 && pid === null)
    throw new UserError(`${id}: nothing of it runs or waits.`, { exitCode: EXIT.noData });
  const tasks = arrays.reduce((sum, array) => sum + array.tasks, 0);
  const named = arrays.map(({ token, tasks }) => ({ token, tasks }));
  if (json) printJson({ experiment: id, arrays: named, tasks, pid });
  else say(pid === null ? `${id}: cancelled ${tasks} tasks of Slurm.` : `${id}: asked process ${pid} to stop.`);
  return EXIT.ok;
}

/** Of this machine. It stops as by Ctrl-C. */
function askProcess(id: string): number | null {
  const pid = lockHolder(benchDir(), id);
  if (pid !== null) process.kill(pid, 'SIGINT');
  return pid;
}

function say(line: string): void {
  process.stdout.write(`${line} What ran is kept: \`bench run\` goes on from there.\n`);
}
