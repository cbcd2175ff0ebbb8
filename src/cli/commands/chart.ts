import { addResultOptions, count } from '../arguments.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'chart',
  group: 'experiments',
  summary: 'write one chart of an experiment as a file: SVG, PDF, PNG, Vega-Lite or CSV',
  configure(command) {
    command
      .argument('[name]', 'a chart: --list names them')
      .option('--experiment <name>', 'whose runs it shows')
      .option('--out <file>', 'ends in .svg, .pdf, .png, .json (Vega-Lite) or .csv (its rows)')
      .option('--width <px>', 'of the picture (default: 640)', count);
    addResultOptions(command).option('--list', 'name the charts').option('--json', 'with --list: print them as JSON');
  },
  async run([name], options) {
    const { chartCommand } = await import('../report/chart.ts');
    return chartCommand(name, options as never);
  },
});
