import { loadTensorFlow } from '../../src/engine/tensorflow.ts';

export const tf = await loadTensorFlow({ threads: 1 });
