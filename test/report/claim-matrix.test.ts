import { expect, test } from 'vitest';
import { type MatrixRow, matrixMarkdown, matrixRow, matrixTable } from '../../src/report/claim-matrix.ts';
import { inventResults } from './example-results.ts';

const row: MatrixRow = {
  id: 'depth/interaction',
  statement: 'deep <b>plain</b> nets | err',
  verdict: 'refuted',
  effect: -0.0123,
  interval: [-0.02, -0.0046],
  published: '2.8 pp',
  seeds: 5,
  unit: 'pp',
};

test('a row has its effect and interval, in the unit that people read, in the column of its verdict alone', () => {
  const [head, , line] = matrixMarkdown([row]).split('\n');
  expect(head).toBe('| Claim | Confirmed | Inconclusive | Refuted | Published | Seeds |');
  expect(line).toBe(
    '| deep \\<b\\>plain\\</b\\> nets \\| err (`depth/interaction`) |  |  | ✗ **−1.2 pp** (−2.0 to −0.5) | 2.8 pp | 5 |',
  );
});

test('what was not run has no verdict and says so', () => {
  const [, , line] = matrixMarkdown([{ ...row, verdict: null }]).split('\n');
  expect(line).toMatch(/\| {2}\| {2}\| {2}\| 2\.8 pp \| not run \|$/);
});

test('as HTML, names are text, and the cells of other verdicts are empty', () => {
  const { text } = matrixTable([{ ...row, page: 'depth.html', tier: 'quick' }], 'All.');
  expect(text).toContain('<a href="depth.html">depth/interaction</a>');
  expect(text).toContain('deep &lt;b&gt;plain');
  expect(text.match(/<td data-value=""><\/td>/g)?.length).toBe(2);
  const [head = '', body = ''] = text.split('<tbody>');
  expect(body.match(/<t[hd]\b/g)?.length).toBe(head.match(/<th\b/g)?.length);
});

test('a verdict gives a row', async () => {
  const { verdicts } = await inventResults();
  const rows = verdicts.map(verdict => matrixRow('degradation-34', verdict));
  expect(rows[0]).toMatchObject({ id: 'degradation-34/interaction', verdict: 'confirmed', seeds: 5, unit: 'nats' });
});
