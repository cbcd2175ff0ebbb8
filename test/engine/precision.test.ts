import { describe, expect, test } from 'vitest';
import { hasNativeBfloat16, resolvePrecision } from '../../src/engine/precision.ts';

const x64 = (flags: string): string => `processor\t: 0\nmodel name\t: A bf16 in a name\nflags\t\t: fpu sse2 ${flags}\n`;
const arm64 = (features: string): string => `processor\t: 0\nFeatures\t: fp asimd ${features}\nCPU part\t: 0xd0c\n`;

describe('native bfloat16', () => {
  test.each([
    ['AVX-512', x64('avx512f avx512_bf16 umip'), true],
    ['AMX', x64('amx_tile amx_bf16 amx_int8'), true],
    ['AVX-512 without it', x64('avx512f avx512bw avx512_vnni'), false],
    ['AVX2', x64('avx2 fma'), false],
    ['arm64 with it', arm64('sve i8mm bf16 dgh'), true],
    ['arm64 with another extension of the name', arm64('svebf16 i8mm'), false],
    ['arm64 without it', arm64('sve'), false],
    ['no text at all', '', false],
  ])('%s', (_, cpuinfo, native) => {
    expect(hasNativeBfloat16(cpuinfo)).toBe(native);
  });
});

describe('auto', () => {
  const [withIt, without] = [x64('avx512_bf16'), x64('avx2')];

  test('is bfloat16 on a processor that has it, and float32 elsewhere', () => {
    expect(resolvePrecision('auto', 'cpu', withIt)).toBe('bfloat16');
    expect(resolvePrecision('auto', 'cpu', without)).toBe('float32');
    expect(resolvePrecision('auto', 'gpu', withIt)).toBe('float32');
  });

  test('what is named is taken as it is', () => {
    expect(resolvePrecision('float32', 'cpu', withIt)).toBe('float32');
    expect(resolvePrecision('bfloat16', 'cpu', without)).toBe('bfloat16');
    expect(resolvePrecision('bfloat16', 'gpu', without)).toBe('bfloat16');
  });
});
