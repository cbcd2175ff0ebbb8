import { Option } from 'commander';
import { addNetOptions, count } from '../arguments.ts';
import { defineCommand } from '../command.ts';
import type { WeightsOptions } from '../trained/weights.ts';

export default defineCommand({
  name: 'weights',
  group: 'parts',
  summary: "write a run's weights, read another framework's, or compare what a net makes of them",
  configure(command) {
    command
      .argument('<action>', 'export RUN, import FILE or check FILE')
      .argument('<source>', 'a run’s id or the beginning of it; or a safetensors file')
      .option('--out <file>', 'export, import: the safetensors file to write')
      .addOption(
        new Option('--names <convention>', 'whose names and layout: of the file read, or of the one that export writes')
          .choices(['ours', 'torchvision', 'keras'])
          .default('ours'),
      )
      .option('--net <net>', 'import, check: NET, or NET:option=value:…, as for `bench nets show`');
    addNetOptions(command)
      .option('--images <n|file>', 'check: how many random images, or a safetensors file with the tensor `images`', '4')
      .option('--seed <n>', 'check: of the random images', count, 1)
      .option('--expect <file>', 'check: a safetensors file with the tensor `logits` or `probabilities`')
      .option('--tolerance <share>', 'check: of the largest expected value that a value may be off by', '1e-4')
      .option('--threads <n>', 'check: threads of the computation', count, 1)
      .option('--json', 'print it as JSON')
      .addHelpText('after', EXAMPLES);
  },
  async run(args, options) {
    const { weightsCommand } = await import('../trained/weights.ts');
    return weightsCommand(args[0] as string, args[1] as string, options as unknown as WeightsOptions);
  },
});

const EXAMPLES = `
Exit code 1: check found other values than expected.

Examples:
  bench weights export 3f2a --names torchvision --out resnet.safetensors
  bench weights import resnet50.safetensors --names torchvision --net resnet-50 --set bottleneckStride=3x3 --out ours.safetensors
  bench weights check resnet18.safetensors --names torchvision --net resnet-18 --images io.safetensors --expect io.safetensors`;
