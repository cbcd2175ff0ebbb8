/** NVIDIA's libraries as wheels: those that the extra `and-cuda` of TensorFlow's wheel names, as pip chose them for it. */
import type { Wheel } from './wheel.ts';

/**
 * Name, version, platform and megabytes as the index says; the file that others load by name, the rest of whose folder
 * comes along; SHA-256.
 */
const TABLE = `
cublas        12.9.3.13   manylinux_2_27_x86_64  581.2  cublas/lib/libcublas.so.12
    d7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72
cuda-cupti    12.9.79     manylinux_2_25_x86_64   10.8  cuda_cupti/lib/libcupti.so.12
    096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f
cuda-nvcc     12.9.86     manylinux2010_x86_64    40.5  cuda_nvcc/bin/ptxas
    5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0
cuda-nvrtc    12.9.86     manylinux2010_x86_64    89.6  cuda_nvrtc/lib/libnvrtc.so.12
    210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4
cuda-runtime  12.9.79     manylinux2014_x86_64     3.5  cuda_runtime/lib/libcudart.so.12
    25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3
cudnn         9.28.0.42   manylinux_2_27_x86_64  716.5  cudnn/lib/libcudnn.so.9
    9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375
cufft         11.4.1.4    manylinux2014_x86_64   200.9  cufft/lib/libcufft.so.11
    c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28
curand        10.3.10.19  manylinux_2_27_x86_64   68.3  curand/lib/libcurand.so.10
    49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e
cusolver      11.7.5.82   manylinux_2_27_x86_64  338.1  cusolver/lib/libcusolver.so.11
    15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88
cusparse      12.5.10.65  manylinux2014_x86_64   366.5  cusparse/lib/libcusparse.so.12
    73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78
nccl          2.32.3      manylinux_2_27_x86_64  351.5  nccl/lib/libnccl.so.2
    bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c
nvjitlink     12.9.86     manylinux2010_x86_64    39.7  nvjitlink/lib/libnvJitLink.so.12
    e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9
`;

export const CUDA_WHEELS: readonly Wheel[] = TABLE.trim()
  .split(/\n(?! )/)
  .map((row): Wheel => {
    const [name, version, platform, megabytes, library, sha256] = row.split(/\s+/) as [
      string,
      string,
      string,
      ...string[],
    ];
    return {
      package: `nvidia-${name}-cu12`,
      version,
      platform,
      python: '3.11',
      abi: 'cp311',
      sha256: sha256 as string,
      bytes: Number(megabytes) * 1e6,
      root: 'nvidia',
      libraries: [library as string],
    };
  });
