/** Loads TensorFlow, multiplies two matrices, and says what it is: JSON on stdout. Run in a process of its own. */
import { describeError } from '../core/errors.ts';
import { backendOf } from '../engine/backend.ts';
import { loadTensorFlow } from '../engine/tensorflow.ts';

try {
  const tf = await loadTensorFlow({ threads: 1 });
  const product = tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync();
  if (product.some(value => value !== 3)) throw new Error(`TensorFlow multiplies wrongly: got ${product}`);
  const version = backendOf(tf).binding.TF_Version;
  const onednn =
    process.env.TF_ENABLE_ONEDNN_OPTS !== '0' && Number(version.split('.')[1]) >= 9 && process.arch === 'x64';
  process.stdout.write(JSON.stringify({ version, onednn, flags: `${process.platform} ${process.arch}` }));
} catch (error) {
  process.stderr.write(describeError(error));
  process.exitCode = 1;
}
