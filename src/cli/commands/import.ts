import { Option } from 'commander';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'import',
  group: 'store',
  summary: 'take in runs that other programs, or another store, recorded',
  configure(command) {
    command
      .argument('<path>', 'a file or a folder; for mlflow also the URI of a store')
      .addOption(
        new Option('--from <format>', 'what it is')
          .choices(['tensorboard', 'mlflow', 'wandb', 'csv', 'jsonl'])
          .makeOptionMandatory(),
      )
      .option('--experiment <name>', 'file the runs under this experiment')
      .option('--python <path>', 'the Python that has MLflow', 'python3')
      .option('--json', 'print what was taken in as JSON');
  },
  async run([path], options) {
    const { importCommand } = await import('../store/import.ts');
    return importCommand(path as string, options as never);
  },
});
