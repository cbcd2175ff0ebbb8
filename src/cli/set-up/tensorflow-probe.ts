/** Loads the TensorFlow of the device that is its argument, convolves, and says its version: JSON on stdout. A process of its own. */
import { describeError } from '../../core/errors.ts';
import type { Device } from '../../core/experiment.ts';
import { backendOf } from '../../engine/backend.ts';
import { loadTensorFlow } from '../../engine/tensorflow.ts';

try {
  const tf = await loadTensorFlow({ threads: 1, device: process.argv[2] as Device });
  const image = tf.ones([1, 4, 4, 1]).as4D(1, 4, 4, 1);
  const values = tf.conv2d(image, tf.ones([3, 3, 1, 1]).as4D(3, 3, 1, 1), 1, 'valid');
  const wrong = values.dataSync().find(value => value !== 9);
  if (wrong !== undefined) throw new Error(`TensorFlow convolves wrongly: expected 9, got ${wrong}`);
  process.stdout.write(`${JSON.stringify({ version: backendOf(tf).binding.TF_Version })}\n`);
} catch (error) {
  process.stderr.write(describeError(error));
  process.exitCode = 1;
}
