import { Option } from 'commander';
import type { RunState } from '../../core/results.ts';
import { count } from '../arguments.ts';
import { defineCommand } from '../command.ts';

const STATES: readonly RunState[] = ['pending', 'running', 'finished', 'failed', 'killed', 'crashed', 'unreachable'];
const DEFAULT_LIMIT = 50;

interface ListOptions {
  state?: RunState;
  limit: number;
  json?: boolean;
}

export default defineCommand({
  name: 'list',
  group: 'experiments',
  summary: 'show runs, newest first',
  configure(command) {
    command
      .argument('[experiment]', 'only runs of this experiment')
      .addOption(new Option('--state <state>', 'only runs in this state').choices(STATES))
      .option('--limit <n>', 'at most so many', count, DEFAULT_LIMIT)
      .option('--json', 'print an array of runs as JSON');
  },
  async run([experiment], options) {
    const { listCommand } = await import('../list-runs.ts');
    const { state, limit, json } = options as unknown as ListOptions;
    return listCommand({ experiment, state, limit }, json ?? false);
  },
});
