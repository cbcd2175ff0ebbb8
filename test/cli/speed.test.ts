import { expect, test } from 'vitest';
import speed from '../../src/cli/commands/speed.ts';
import { call } from './called.ts';

test.each([
  [['stepss'], /^unknown measurement "stepss"\. Did you mean "steps"/],
  [['step'], /^bench speed step: expected a net, as in `bench speed step resnet-20`\.$/],
  [['ops', 'resnet-20'], /^bench speed ops: expected no net, got "resnet-20": a suite has its own\.$/],
  [['ops', '--metric', 'conv'], /^unknown benchmark of ops "conv"\. .*Known: conv-3x3, /],
  [['ops', '--margin', '5%'], /^bench speed ops: .* are of a comparison: expected --compare\.$/],
  [['ops', '--confidence', '0.9'], /expected --compare\.$/],
  [['ops', '--rounds', '8'], /expected --compare\.$/],
  [['ops', '--compare', 'HEAD', '--margin', '5pp'], /^margin of a time: expected a share above 0/],
  [['ops', '--compare', 'HEAD', '--rounds', '6'], /^rounds: expected at least 7 at confidence 0\.95, got 6\.$/],
])('bench speed %j is one line and exit code 2', async (args, line) => {
  expect(await call(speed, ...args)).toEqual({ code: 2, text: '', error: expect.stringMatching(line) });
});
