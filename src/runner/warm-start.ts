/** Cells that begin with weights another arm has learnt: which arm, which variables, and where they are read. */
import { join } from 'node:path';
import type { StartConfig } from '../core/cell-config.ts';
import { UserError } from '../core/errors.ts';
import type { Arm } from '../core/experiment.ts';
import type { NetDescription, Shape } from '../core/net.ts';
import { netParameters } from '../core/parameters.ts';
import { runDir, runFiles } from '../core/places.ts';
import { unknownName } from '../core/registry.ts';
import { readCheckpoint } from '../engine/checkpoint.ts';
import type { RunSpec } from './run-folder.ts';

/** The arm whose weights an arm begins with. Unknown ones and circles are one line. */
export function sourceArm(arm: Arm, arms: readonly Arm[]): Arm | undefined {
  const seen = [arm.name];
  for (let at = arm; at.config.start !== null; seen.push(at.name)) {
    const { arm: name } = at.config.start;
    const next = arms.find(one => one.name === name);
    if (next === undefined) {
      const known = arms.map(one => one.name);
      throw unknownName(`arm to start from, of ${at.name}:`, name, known);
    }
    if (seen.includes(next.name))
      throw new UserError(
        `arm ${arm.name}: starts from ${[...seen.slice(1), next.name].join(', which starts from ')}.`,
      );
    at = next;
  }
  return arms.find(one => one.name === arm.config.start?.arm);
}

/** Names of the variables that a net takes over, given the shapes of those that there are. `where` is in the messages. */
export function takenOver(
  net: NetDescription,
  { arm, layers }: StartConfig,
  there: Readonly<Record<string, Shape>>,
  where: string,
): string[] {
  const parameters = netParameters(net);
  const isThere = ({ name, shape }: { name: string; shape: Shape }): boolean => there[name]?.join() === shape.join();
  if (layers !== 'matching') requireLayers(layers, parameters, { arm, isThere, where });
  const wanted = layers === 'matching' ? parameters : parameters.filter(({ layer }) => layers.includes(layer));
  const names = wanted.filter(isThere).map(({ name }) => name);
  if (names.length > 0) return names;
  throw new UserError(
    `${where}: start.layers: no variable of ${net.name} has one of its name and shape in arm ${arm}.`,
  );
}

/** Weights by name, from the checkpoint of the run that the spec names. */
export function startWeights({ cell, startRun }: RunSpec, net: NetDescription): Record<string, Float32Array> {
  if (cell.config.start === null) return {};
  const path = join(runDir(startRun as string), runFiles.checkpoint);
  const { shapes, values } = readCheckpoint(path, cell.startsFrom as string);
  const names = takenOver(net, cell.config.start, shapes, `arm ${cell.arm}`);
  return Object.fromEntries(names.map(name => [name, values[name] as Float32Array]));
}

type Parameters = ReturnType<typeof netParameters>;

function requireLayers(
  layers: readonly string[],
  parameters: Parameters,
  { arm, isThere, where }: { arm: string; isThere(one: Parameters[number]): boolean; where: string },
): void {
  const known = [...new Set(parameters.map(({ layer }) => layer))];
  for (const layer of layers) {
    if (!known.includes(layer)) throw unknownName(`layer in start.layers of ${where}:`, layer, known);
    const other = parameters.find(one => one.layer === layer && !isThere(one));
    if (other)
      throw new UserError(
        `${where}: start.layers: ${other.name} has no variable of its shape [${other.shape}] in ${arm}.`,
      );
  }
}
