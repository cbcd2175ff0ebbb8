import { Option } from 'commander';
import { addNetOptions } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import type { NetsOptions } from '../nets/command.ts';

export default defineCommand({
  name: 'nets',
  group: 'parts',
  summary: 'list nets, show one layer by layer, compare two, draw or tabulate them',
  configure(command) {
    command
      .argument('[action]', 'list, show, compare, draw or table', 'list')
      .argument('[net...]', 'NET, or NET:option=value:…, for example alexnet:towers=half:norm=none')
      .option('--family <name>', 'list: only this family')
      .addOption(
        new Option('--sort <key>', 'list: what to sort by').choices([
          'name',
          'family',
          'year',
          'depth',
          'parameters',
          'macs',
          'top5',
        ]),
      );
    addNetOptions(command, 'an option of the net; may be repeated; --option=value does it too')
      .option('--all', 'show: a line for each layer; compare: also lines that are alike')
      .option('--out <path>', 'draw: a file .svg or .html, or a folder that gets both; table: a file .html')
      .option('--unfold', 'draw: each layer of modules too')
      .option('--block <name>', 'draw: this module alone')
      .option('--json', 'print it as JSON')
      .allowUnknownOption()
      .addHelpText('after', EXAMPLES);
  },
  async run(args, options) {
    const { netsCommand } = await import('../nets/command.ts');
    return netsCommand(args, options as unknown as NetsOptions);
  },
});

const EXAMPLES = `
Examples:
  bench nets --family vgg --sort parameters
  bench nets show alexnet --norm=none --input=224x224x3 --stemPadding=2
  bench nets show resnet-34 --set form=small
  bench nets compare plain-34 resnet-34
  bench nets compare alexnet alexnet:towers=half
  bench nets draw vgg-e plain-34 resnet-34 --out figure-3.html
  bench nets draw inception-v1 --block 3a
  bench nets table vgg
  bench nets table resnet-18 resnet-34 resnet-50`;
