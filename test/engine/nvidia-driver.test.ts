import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { describeDriver, isTooOld, nvidiaDriver } from '../../src/engine/nvidia-driver.ts';
import { newFolder } from '../new-folder.ts';

function rootWith(files: Record<string, string>): string {
  const root = newFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const CLOSED =
  'NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 19:39:15 UTC 2024\nGCC version:  gcc 12.2.0\n';
const OPEN = 'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.14  Release Build  (dvs-builder)\n';
const gpu = (model: string): string => `Model: \t\t ${model}\nIRQ:   \t\t 182\nGPU UUID: \t GPU-1\n`;

test('version and names, in the order of the bus', () => {
  const root = rootWith({
    'proc/driver/nvidia/version': CLOSED,
    'proc/driver/nvidia/gpus/0000:81:00.0/information': gpu('Tesla T4'),
    'proc/driver/nvidia/gpus/0000:01:00.0/information': gpu('NVIDIA A100-SXM4-40GB'),
  });
  const driver = nvidiaDriver(root);
  expect(driver).toEqual({ version: '535.183.01', devices: ['NVIDIA A100-SXM4-40GB', 'Tesla T4'] });
  expect(describeDriver(driver as never)).toBe('NVIDIA A100-SXM4-40GB, Tesla T4 (driver 535.183.01)');
});

test('the open kernel module, and a driver that shows no GPU', () => {
  expect(nvidiaDriver(rootWith({ 'proc/driver/nvidia/version': OPEN }))).toEqual({ version: '550.54.14', devices: [] });
});

test('the driver of Windows inside WSL has no /proc', () => {
  const driver = nvidiaDriver(rootWith({ 'usr/lib/wsl/lib/libcuda.so.1': '' }));
  expect(driver).toEqual({ version: null, devices: [] });
  expect(describeDriver(driver as never)).toBe('NVIDIA GPU of unknown name (driver of unknown version)');
});

test('no driver', () => {
  expect(nvidiaDriver(rootWith({}))).toBeUndefined();
});

test.each([
  ['470.256.02', true],
  ['525.9', true],
  ['525.60.13', false],
  ['1000.1', false],
  [null, false],
])('%s too old: %s', (version, tooOld) => {
  expect(isTooOld({ version, devices: [] })).toBe(tooOld);
});
