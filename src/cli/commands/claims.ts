import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'claims',
  group: 'experiments',
  summary: 'list all claims with verdict, effect, published figure, cost and age',
  configure(command) {
    command
      .argument('[experiment]', 'only this one, claim by claim')
      .option('--markdown', 'as the table of docs/claims.md')
      .option('--json', 'print an array with one object an experiment')
      .addHelpText(
        'after',
        '\nFigures come from reports/records/, which `bench record` writes; an experiment without a record is "not run".',
      );
  },
  async run([experiment], options) {
    const { claimsCommand } = await import('../claims/claims.ts');
    return claimsCommand(experiment, options as { markdown?: boolean; json?: boolean });
  },
});
