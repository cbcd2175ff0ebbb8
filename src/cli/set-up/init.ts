/** `bench init`: a project of the user's own in the working folder, with a net, images and an experiment, that runs. */
import { existsSync } from 'node:fs';
import { EXIT, type ExitCode } from '../../core/errors.ts';
import { hasTensorFlow } from '../../engine/provision/index.ts';
import { stripedImages } from './init-images.ts';
import { fromTemplate, writeNewFiles } from './new-files.ts';

export async function initCommand(): Promise<ExitCode> {
  const files = [
    fromTemplate('net.ts', 'nets/tiny.ts', 'tiny'),
    fromTemplate('project/kernel.ts', 'experiments/kernel.ts'),
    ...(existsSync('.gitignore') ? [] : [fromTemplate('project/gitignore', '.gitignore')]),
  ];
  const images = await stripedImages('images');
  writeNewFiles([...files, ...images]);
  const lines = [
    ...files.map(({ path }) => path),
    `images/: ${images.length} drawn images of two classes; put yours in their place`,
    ...(hasTensorFlow() ? [] : ['Next: npx bench doctor --fix']),
    `${hasTensorFlow() ? 'Next' : 'Then'}: npx bench run kernel`,
  ];
  process.stdout.write(lines.map(line => `${line}\n`).join(''));
  return EXIT.ok;
}
