import { expect, test } from 'vitest';
import { findNet } from '../../src/nets/index.ts';
import { checkProcedures } from '../../src/runner/procedures/check.ts';

const small = { shape: [28, 28, 3], classes: 10 };

test('a scale below what the net sees is refused before anything is trained', async () => {
  const net = await findNet('resnet-18', { form: 'small' }, small);
  for (const kind of ['multi-scale', '144-crop', 'dense'] as const) {
    expect(() => checkProcedures([{ kind, scales: [32, 24] }], net, 'tiny, arm plain')).toThrow(
      `tiny, arm plain: ${kind}: expected scales of at least 28 pixels, what the net sees, got 24.`,
    );
    expect(() => checkProcedures([{ kind, scales: [32, 28] }], net, 'tiny')).not.toThrow();
  }
});

test('dense evaluation of a net that knows one size only, too', async () => {
  const net = await findNet('lenet-5', {}, { shape: [32, 32, 1], classes: 10 });
  expect(() => checkProcedures([{ kind: 'dense', scales: null }], net, 'tiny')).toThrow(/^dense evaluation of lenet-5/);
  expect(() => checkProcedures([{ kind: 'single-crop' }, { kind: 'ten-crop' }], net, 'tiny')).not.toThrow();
});
