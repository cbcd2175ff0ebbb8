import { defineCommand } from '../command.ts';
import type { ArtifactsOptions } from '../store/artifacts.ts';

export default defineCommand({
  name: 'artifacts',
  group: 'store',
  summary: 'list the files that a run made, or copy them out, checked',
  configure(command) {
    command
      .argument('<run>', 'the beginning of its id')
      .argument('[name]', 'only this one')
      .option('--extract <dir>', 'copy them into this folder under their names')
      .option('--json', 'print an array');
  },
  async run([run, name], options) {
    const { artifactsCommand } = await import('../store/artifacts.ts');
    return artifactsCommand(run as string, { ...(options as ArtifactsOptions), ...(name !== undefined && { name }) });
  },
});
