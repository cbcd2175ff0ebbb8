import { count } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import type { DataOptions } from '../data/command.ts';

export default defineCommand({
  name: 'data',
  group: 'parts',
  summary: 'list datasets, fetch, check or show one',
  configure(command) {
    command
      .argument('[action]', 'list, fetch, check or show', 'list')
      .argument('[name]', 'a dataset, or KIND:FOLDER, for example folder:~/flowers')
      .option('--from <folder>', 'fetch: take the published files from there')
      .option('--out <file>', 'show: where the page goes (default: reports/data-NAME.html)')
      .option('--per-class <n>', 'show: images of each class', count, 10)
      .option('--shorter-side <n>', 'show: decode to this size, as a run with it would', count)
      .option('--json', 'list, check, show: print it as JSON; show then writes a page only with --out')
      .addHelpText('after', EXAMPLES);
  },
  async run(args, options) {
    const { dataCommand } = await import('../data/command.ts');
    return dataCommand(args, options as unknown as DataOptions);
  },
});

const EXAMPLES = `
Examples:
  bench data
  bench data fetch cifar-10
  bench data fetch cifar-10 --from /media/stick
  bench data check folder:flowers
  bench data show fashion-mnist --out fashion.html`;
