/** `bench nets draw`: nets as pictures. */
import { existsSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { writeFileAtomically } from '../../core/atomic-file.ts';
import { describeError, EXIT, UserError } from '../../core/errors.ts';
import { countLayer, countNet, depthOf } from '../../nets/index.ts';
import type { DrawnNet } from '../../report/drawing/draw.ts';
import type { AskedNet } from './asked.ts';
import { formatCompact } from './format.ts';

export interface DrawOptions {
  /** A file .svg or .html, or a folder that gets both. */
  out?: string;
  unfold?: boolean;
  block?: string;
}

const FORMATS = ['.svg', '.html'] as const;
type Format = (typeof FORMATS)[number];

/** `words` asked for the nets. */
export async function drawAskedNets(
  words: readonly string[],
  nets: readonly AskedNet[],
  options: DrawOptions,
): Promise<void> {
  const { drawNets, drawingPage, drawingSvg } = await import('../../report/drawing/draw.ts');
  const files = filesOf(words, options);
  const drawing = await drawNets(
    nets.map((net, i) => drawnNet(words[i] as string, net)),
    options,
  );
  for (const { path, format } of files) {
    writeDrawing(path, format === '.svg' ? drawingSvg(drawing) : await drawingPage(drawing));
    process.stdout.write(`${path}\n`);
  }
}

function drawnNet(title: string, { definition: { year, source }, description }: AskedNet): DrawnNet {
  const { parameters, macs } = countNet(description);
  const caption = `${formatCompact(parameters)} parameters · ${formatCompact(macs)} MACs`;
  return {
    title,
    description,
    year,
    source,
    depth: depthOf(description),
    parameters,
    macs,
    counts: countLayer,
    caption,
  };
}

function filesOf(words: readonly string[], { out = '.', block }: DrawOptions): { path: string; format: Format }[] {
  const format = FORMATS.find(one => one === extname(out).toLowerCase());
  if (format) return [{ path: out, format }];
  if (!existsSync(out) || !statSync(out).isDirectory()) {
    throw new UserError(`--out: expected a file that ends in .svg or .html, or a folder that exists, got "${out}".`);
  }
  const name = [...words, ...(block === undefined ? [] : [block])].join('-').replace(/[^\w.-]/g, '_');
  return FORMATS.map(one => ({ path: join(out, `${name}${one}`), format: one }));
}

export function writeDrawing(path: string, text: string): void {
  try {
    writeFileAtomically(path, [Buffer.from(text)]);
  } catch (error) {
    throw new UserError(`${path}: it cannot be written (${describeError(error)}). Name another place by --out.`, {
      exitCode: EXIT.noData,
      cause: error,
    });
  }
}
