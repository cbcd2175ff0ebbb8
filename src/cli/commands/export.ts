import { Option } from 'commander';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'export',
  group: 'store',
  summary: 'write runs with all their points for other programs',
  configure(command) {
    command
      .argument('[runs...]', 'beginnings of runs’ ids')
      .option('--experiment <name>', 'all runs of this experiment')
      .option('--where <filter>', 'all runs that it takes, as in bench list')
      .addOption(
        new Option('--to <format>', 'what to write')
          .choices(['tensorboard', 'mlflow', 'csv', 'parquet', 'jsonl'])
          .makeOptionMandatory(),
      )
      .requiredOption('--out <dir>', 'an empty folder, or a new one; for mlflow also the URI of a store')
      .option('--python <path>', 'the Python that has MLflow', 'python3')
      .option('--json', 'print what was written as JSON');
  },
  async run(runs, options) {
    const { exportCommand } = await import('../store/export.ts');
    return exportCommand(runs, options as never);
  },
});
