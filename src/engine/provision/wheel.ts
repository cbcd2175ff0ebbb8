/** Which TensorFlow we stand on: the C library inside a pinned wheel of Python's package index, by its checksum. */
import { EXIT, UserError } from '../../core/errors.ts';
import type { Device } from '../../core/experiment.ts';
import { CUDA_WHEELS } from './cuda-wheels.ts';

const TENSORFLOW_VERSION = '2.21.0';

/** TensorFlow cannot be had this way on this machine; another way may serve. */
export class Unavailable extends UserError {
  constructor(message: string, cause?: unknown) {
    super(message, { exitCode: EXIT.noData, cause });
    this.name = 'Unavailable';
  }
}

export interface Wheel {
  package: string;
  version: string;
  /** What pip calls platform, interpreter and ABI. The wheel's Python is never run, so any of ours may fetch it. */
  platform: string;
  python: string;
  abi: string;
  sha256: string;
  /** Exact, or to a tenth of a megabyte where we did not download it. */
  bytes: number;
  /** The folder inside that holds all that we want. */
  root: 'tensorflow' | 'nvidia';
  /** Files that must be in it, below `root`. */
  libraries: readonly string[];
}

/** A TensorFlow that can be loaded. */
export interface Build {
  device: Device;
  wheel: Wheel;
  /** What its library loads at run time, from beside itself. */
  companions: readonly Wheel[];
  /** False: we downloaded the wheel and looked into it, but had no machine to run it on. */
  tried: boolean;
}

const LINUX_LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** By `process.platform`-`process.arch`. Elsewhere the prebuilt download of tfjs-node serves. */
const CPU_BUILDS: Record<string, Build> = {
  'linux-x64': {
    device: 'cpu',
    wheel: {
      package: 'tensorflow-cpu',
      version: TENSORFLOW_VERSION,
      platform: 'manylinux_2_27_x86_64',
      python: '3.11',
      abi: 'cp311',
      sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
      bytes: 273_829_956,
      root: 'tensorflow',
      libraries: LINUX_LIBRARIES,
    },
    companions: [],
    tried: true,
  },
  'linux-arm64': {
    device: 'cpu',
    wheel: {
      package: 'tensorflow',
      version: TENSORFLOW_VERSION,
      platform: 'manylinux_2_27_aarch64',
      python: '3.11',
      abi: 'cp311',
      sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
      bytes: 281_828_020,
      root: 'tensorflow',
      libraries: LINUX_LIBRARIES,
    },
    companions: [],
    tried: false,
  },
  'darwin-arm64': {
    device: 'cpu',
    wheel: {
      package: 'tensorflow',
      version: TENSORFLOW_VERSION,
      platform: 'macosx_12_0_arm64',
      python: '3.11',
      abi: 'cp311',
      sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
      bytes: 223_405_849,
      root: 'tensorflow',
      libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
    },
    companions: [],
    tried: false,
  },
};

const GPU_BUILDS: Record<string, Build> = {
  'linux-x64': {
    device: 'gpu',
    wheel: {
      package: 'tensorflow',
      version: TENSORFLOW_VERSION,
      platform: 'manylinux_2_27_x86_64',
      python: '3.11',
      abi: 'cp311',
      sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
      bytes: 572_440_367,
      root: 'tensorflow',
      libraries: LINUX_LIBRARIES,
    },
    companions: CUDA_WHEELS,
    tried: false,
  },
};

export function buildOfThisMachine(device: Device): Build {
  const machine = `${process.platform}-${process.arch}`;
  const builds = device === 'cpu' ? CPU_BUILDS : GPU_BUILDS;
  const build = builds[machine];
  if (build) return build;
  const pinned = Object.keys(builds).join(', ');
  throw new Unavailable(
    `TensorFlow: no ${device.toUpperCase()} build of ${TENSORFLOW_VERSION} is pinned for ${machine}, only for ${pinned}.`,
  );
}

export const wheelsOf = ({ wheel, companions }: Build): Wheel[] => [wheel, ...companions];
