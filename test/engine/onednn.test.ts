/** The kernels that runs use: close to the eager way, and the same bits each time. */
import { expect, test } from 'vitest';
import { compileProgram } from '../../src/engine/compiled-program.ts';
import { eagerProgram } from '../../src/engine/eager-program.ts';
import { loadTensorFlow } from '../../src/engine/tensorflow.ts';
import { prepare, train } from './small-net.ts';

const tf = await loadTensorFlow({ threads: 1 });

test.each(['plain-18', 'residual-34'])('%s: the compiled losses are the eager ones to five digits', async name => {
  const { spec, start } = await prepare(tf, name);
  const [eager, compiled] = [eagerProgram(tf, spec), await compileProgram(tf, spec)];
  const [exact, got] = [train(eager, start, 3), train(compiled, start, 3)];
  expect(got).toHaveLength(3);
  got.forEach((loss, step) => {
    expect(Math.abs(loss / (exact[step] as number) - 1)).toBeLessThan(1e-5);
  });
  eager.dispose();
  compiled.dispose();
});

test('two compiled programs give the same bits', async () => {
  const { spec, start } = await prepare(tf, 'residual-34');
  const [one, other] = [await compileProgram(tf, spec), await compileProgram(tf, spec)];
  expect(train(one, start, 8)).toEqual(train(other, start, 8));
  expect(one.read()).toEqual(other.read());
  one.dispose();
  other.dispose();
});
