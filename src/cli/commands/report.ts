import { Option } from 'commander';
import { addResultOptions } from '../arguments.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'report',
  group: 'experiments',
  summary: 'write the comparison report of an experiment, as a page or as a table for a paper',
  configure(command) {
    command
      .argument('[experiment]', 'its name: a file in experiments/')
      .option('--all', 'an index of all experiments that have runs: claims × verdicts')
      .option('--pages', 'with --all: the page of each of them too, beside the index');
    addResultOptions(command)
      .addOption(
        new Option('--format <format>', 'html: the whole page; pdf: table and figures; the others: the ablation table')
          .choices(['html', 'pdf', 'md', 'latex', 'csv'])
          .default('html'),
      )
      .option('--metrics <names>', 'columns of the table, with commas between them (default: all)')
      .option('--figures <folder>', 'write every chart there too, as SVG and as PDF')
      .option('--out <file>', 'default: reports/<experiment>.html or .pdf; tables go to stdout');
  },
  async run([experiment], options) {
    const { reportCommand } = await import('../report/experiment.ts');
    return reportCommand(experiment, options as never);
  },
});
