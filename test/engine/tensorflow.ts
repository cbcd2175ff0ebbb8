import { loadTensorFlow } from '../../src/engine/tensorflow.ts';

// Graphs are rewritten for oneDNN before they run (fused kernels, other layouts), which changes last bits. Without it the
// compiled and the eager way are held together bit for bit; onednn.test.ts looks at the way that runs take.
process.env.TF_ENABLE_ONEDNN_OPTS = '0';
export const tf = await loadTensorFlow({ threads: 1 });
