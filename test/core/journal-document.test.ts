import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeFrames, encodeFrame, JOURNAL_MAGIC, type JournalEvent } from '../../src/core/journal.ts';
import { packageRoot } from '../../src/core/places.ts';
import { newFolder } from '../new-folder.ts';

const text = readFileSync(join(packageRoot, 'docs/journal.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(match => match[1] as string);

test('the examples decode to the events beside them', () => {
  const events = blocks('json').map(json => JSON.parse(json) as JournalEvent);
  const frames = blocks('hex').map(hex => Buffer.from(hex.replace(/\s+/g, ''), 'hex'));
  expect(frames).toHaveLength(4);
  expect(frames.map(decodeFrames)).toEqual(
    frames.map((frame, i) => ({ events: [events[i]], consumed: frame.length, tail: 'clean' })),
  );
  expect(events.map(encodeFrame)).toEqual(frames);
});

test('the Python on the page writes a journal that we read', () => {
  const folder = newFolder();
  const python = spawnSync('python3', ['-c', blocks('python').join('\n')], { cwd: folder, encoding: 'utf8' });
  expect(python.stderr).toBe('');
  const bytes = readFileSync(join(folder, 'journal'));
  expect(bytes.subarray(0, 8)).toEqual(JOURNAL_MAGIC);
  expect(decodeFrames(bytes.subarray(8))).toMatchObject({
    events: [
      { type: 'points', step: 1, values: { 'train.loss': 2.25, 'train.top1': 'NaN' }, time: expect.any(Number) },
      { type: 'end', state: 'finished', step: 1 },
    ],
    tail: 'clean',
  });
});
