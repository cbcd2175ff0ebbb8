import {
  describeDriver,
  isTooOld,
  type NvidiaDriver,
  nvidiaDriver,
  OLDEST_DRIVER,
} from '../../engine/nvidia-driver.ts';
import { hasGpuTensorFlow } from '../../engine/provision/index.ts';
import { askTensorFlow, type TensorFlowAnswer } from './ask-tensorflow.ts';
import type { Part } from './doctor-parts.ts';

const FIX = 'Run "npx bench doctor --fix --device gpu".';
const UNTRIED = 'The authors of bench never ran it on a GPU: see docs/gpu.md';

interface GpuState {
  driver: NvidiaDriver | undefined;
  provided: boolean;
  /** What the GPU build says of itself, if it was asked. */
  answer?: TensorFlowAnswer;
}

/** `asked`: the user named the GPU, so that what is missing for it counts. */
export async function examineGpu(asked: boolean): Promise<Part> {
  const driver = nvidiaDriver();
  const provided = driver !== undefined && hasGpuTensorFlow();
  if (!asked || !provided) return gpuPart({ driver, provided }, asked);
  return gpuPart({ driver, provided, answer: await askTensorFlow('gpu') }, asked);
}

export function gpuPart({ driver, provided, answer }: GpuState, asked: boolean): Part {
  const part = (state: Part['state'], detail: string): Part => ({ name: 'GPU', state, detail });
  const wanting = asked ? 'missing' : 'good';
  if (!driver)
    return part(wanting, asked ? 'no NVIDIA driver. Install it.' : 'no NVIDIA driver; runs use the processor');
  const found = describeDriver(driver);
  if (isTooOld(driver))
    return part(asked ? 'missing' : 'notice', `${found}: expected driver ${OLDEST_DRIVER} or newer.`);
  if (!provided)
    return part(wanting, `${found}; runs use the processor. GPU build not there (3.4 GB to download). ${FIX}`);
  if (answer && 'failure' in answer) return part('missing', `${found}: ${answer.failure}`);
  const works = answer ? `TensorFlow ${answer.version} convolves on it` : 'GPU build there, used with --device gpu';
  return part(answer ? 'good' : 'notice', `${found}; ${works}. ${UNTRIED}`);
}
