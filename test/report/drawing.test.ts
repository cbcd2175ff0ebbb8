import { describe, expect, test } from 'vitest';
import { findNet } from '../../src/nets/index.ts';
import { drawingSvg, drawNets } from '../../src/report/drawing/draw.ts';
import { blockOf, graphOf } from '../../src/report/drawing/fold.ts';
import type { Box, Graph } from '../../src/report/drawing/graph.ts';
import { cornersOf, joinText, SIZES, textWidth } from '../../src/report/drawing/measure.ts';
import type { PlacedBox } from '../../src/report/drawing/placed.ts';
import { allNames, drawnFrom, drawnNet } from './drawn-nets.ts';

const graph = async (name: string, options = {}, how = {}): Promise<Graph> =>
  graphOf(await findNet(name, options), how);
const scene = async (...names: string[]) =>
  (await drawNets(await Promise.all(names.map(name => drawnNet(name))))).scene;
const weighty = ({ boxes }: Graph): Box[] => boxes.filter(({ words }) => /conv|dense/.test(words));

describe('boxes', () => {
  test('a convolution, its norm, its nonlinearity and its LRN are one box', async () => {
    const { boxes } = await graph('resnet-34');
    expect(boxes[1]).toMatchObject({ words: '7×7 conv, 64, /2', after: 'BN, ReLU', output: [112, 112, 64] });
    const alexnet = await graph('alexnet');
    expect(weighty(alexnet)[0]).toMatchObject({ words: '11×11 conv, 96, /4', after: 'ReLU, LRN' });
  });

  test('AlexNet’s grouped convolutions are two towers; one tower has none', async () => {
    const towers = ({ boxes }: Graph): number => boxes.filter(box => box.towers === 2).length;
    expect(towers(await graph('alexnet'))).toBe(3);
    expect(towers(await graph('alexnet-owt'))).toBe(0);
  });

  test('ResNet-34 has 34 layers and 16 shortcuts, of which three change the dimensions', async () => {
    const net = await graph('resnet-34');
    expect(weighty(net)).toHaveLength(34);
    expect(net.arcs).toHaveLength(16);
    expect(net.arcs.filter(({ words }) => words !== '').map(({ words }) => words)).toEqual([
      '1×1 conv, 128, /2',
      '1×1 conv, 256, /2',
      '1×1 conv, 512, /2',
    ]);
    expect((await graph('plain-34')).arcs).toEqual([]);
  });

  test('zero padding is a change too, and pre-activation keeps its shortcuts', async () => {
    const padded = await graph('resnet-34', { shortcut: 'A' });
    expect(padded.arcs.filter(({ words }) => words === 'zero padding, /2')).toHaveLength(3);
    expect((await graph('resnet-34-v2')).arcs).toHaveLength(16);
  });

  test('GoogLeNet: nine folded modules, two heads beside the net', async () => {
    const { boxes } = await graph('inception-v1');
    expect(boxes.filter(({ kind }) => kind === 'module')).toHaveLength(9);
    expect(new Set(boxes.map(({ head }) => head))).toEqual(new Set([null, 0, 1]));
    expect(boxes.filter(({ head }) => head === 1)).toHaveLength(4);
  });

  test('Inception-ResNet-v2: stem, 5, 10 and 5 equal modules with reductions between', async () => {
    const { boxes } = await graph('inception-resnet-v2');
    const modules = boxes.filter(({ kind }) => kind === 'module');
    expect(modules.map(({ times }) => times)).toEqual([1, 5, 1, 10, 1, 5]);
    expect(modules[1]).toMatchObject({ words: 'x + (1×1 | 3×3 | 3×3)', after: '× 5' });
    expect(modules[1]?.inside?.arcs).toHaveLength(1);
  });

  test('a run of equal modules ends where an auxiliary head hangs', async () => {
    const { boxes } = await graph('inception-v3');
    const source = boxes.find(({ head }) => head === 0)?.inputs[0];
    expect(boxes.map(({ id }) => id)).toContain(source);
  });

  test('a large net folds its equal units, a small one shows them', async () => {
    const times = async (name: string) => (await graph(name)).boxes.map(box => box.times).filter(count => count > 1);
    expect(await times('resnet-152')).toEqual([2, 7, 35, 2]);
    expect(await times('resnet-50')).toEqual([]);
    expect(await times('highway-10')).toEqual([9]);
  });

  test('unfolded, every layer with weights has its box or lies on a shortcut', async () => {
    for (const name of ['inception-v4', 'resnet-152', 'highway-32']) {
      const net = await findNet(name);
      const all = net.layers.filter(({ op }) => op.kind === 'conv' || op.kind === 'dense');
      const { boxes, arcs } = graphOf(net, { unfold: true });
      const drawn = new Set([...boxes, ...arcs].flatMap(({ layers }) => layers));
      expect(all.filter(layer => !drawn.has(layer))).toEqual([]);
      expect(boxes.every(({ inside }) => inside === null)).toBe(true);
    }
  });

  test('a block is drawn alone, below what it reads; an unknown one is one line with those there are', async () => {
    const net = await findNet('inception-v1');
    const { boxes } = blockOf(net, '3a');
    expect(boxes.map(({ words }) => words)).toEqual([
      ...['input', '1×1 conv, 64', '1×1 conv, 96', '3×3 conv, 128', '1×1 conv, 16', '5×5 conv, 32'],
      ...['3×3 max pool', '1×1 conv, 32', 'concat'],
    ]);
    expect(() => blockOf(net, '3c')).toThrow(/^unknown block of inception-v1 "3c"\. .*Known: .*3a, 3b, 4a/);
  });
});

describe('places', () => {
  const cases = ['alexnet', 'lenet-5', 'resnet-152', 'highway-10', 'inception-v1', 'inception-v3', 'inception-v4'];
  test.each(cases)('no boxes of %s overlap, folded and open, and text fits', async name => {
    for (const unfold of [false, true]) {
      const { scene } = await drawNets([await drawnNet(name)], { unfold });
      expect(overlapping(scene.boxes)).toEqual([]);
      expect(scene.boxes.filter(box => textOverflows(box)).map(({ box }) => box.name)).toEqual([]);
      expect(
        scene.boxes.every(
          ({ x, y, width, height }) => x >= 0 && y >= 0 && x + width <= scene.width && y + height <= scene.height,
        ),
      ).toBe(true);
    }
  });

  test('lines end at their boxes and go down', async () => {
    const { boxes, lines } = await scene('inception-v4');
    const at = new Map(boxes.map(one => [one.box.id, one]));
    expect(lines.length).toBeGreaterThanOrEqual(boxes.length - 1);
    for (const { from, to, points } of lines) {
      const [a, b] = [at.get(from) as PlacedBox, at.get(to) as PlacedBox];
      expect(points[0]?.y).toBeCloseTo(a.y + a.height, 0);
      expect(points.at(-1)?.y).toBeCloseTo(b.y, 0);
    }
  });

  test('stages of nets side by side begin together', async () => {
    const { boxes, stages } = await scene('vgg-e', 'plain-34', 'resnet-34');
    for (const { octave, y } of stages.slice(1)) {
      for (const column of [0, 1, 2]) {
        const own = boxes.filter(box => box.column === column && box.octave === octave).map(box => box.y);
        if (own.length > 0) expect(Math.min(...own)).toBeCloseTo(y, 6);
      }
    }
    expect(new Set(stages.map(({ octave }) => octave)).size).toBe(7);
  });

  test('arcs pass right of what they skip', async () => {
    const { arcs, boxes } = await scene('resnet-34');
    expect(arcs.length).toBeGreaterThan(0);
    for (const { from, to, edge } of arcs) {
      const passed = boxes.filter(({ y, height }) => y > from.y && y + height < to.y);
      expect(passed.length).toBeGreaterThan(0);
      for (const { x, width } of passed) expect(x + width).toBeLessThan(edge);
    }
  });
});

describe('SVG', () => {
  test('every net of the registry is drawn', async () => {
    for (const name of await allNames()) {
      const svg = drawingSvg(await drawNets([await drawnNet(name)]));
      expect(svg, name).toMatch(/^<svg [^>]*role="img"/);
      expect(svg, name).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  test('it stands alone: title, description, ground and colours of its own', async () => {
    const svg = drawingSvg(await drawNets([await drawnNet('lenet-5')]));
    expect(svg).toMatch(/<title id="net-title">lenet-5<\/title>\n<desc /);
    expect(svg).toContain('<rect class="ground"');
    expect(svg).not.toContain('var(');
    expect(svg).toContain('prefers-color-scheme: dark');
  });

  test('dotted arcs are those that change dimensions', async () => {
    const svg = drawingSvg(await drawNets([await drawnNet('resnet-34')]));
    expect(svg.match(/class="arc changes"/g)).toHaveLength(3);
    expect(svg.match(/class="arc identity"/g)).toHaveLength(13);
  });

  test('names are escaped', async () => {
    const net = await findNet('lenet-5');
    const svg = drawingSvg(await drawNets([drawnFrom({ ...net, name: '<script>"&' })]));
    expect(svg).not.toContain('<script>');
    expect(svg).toContain('&lt;script&gt;&quot;&amp;');
  });
});

function overlapping(boxes: readonly PlacedBox[]): string[] {
  const pairs = boxes.flatMap((a, i) => boxes.slice(i + 1).map(b => [a, b] as const));
  return pairs.filter(([a, b]) => overlap(a, b)).map(([a, b]) => `${a.box.id} and ${b.box.id}`);
}

function overlap(a: PlacedBox, b: PlacedBox): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** By the widths that the layout assumes; the page's test asks a browser. */
function textOverflows({ box, width }: PlacedBox): boolean {
  if (box.kind === 'join') return textWidth(joinText(box), SIZES.small, true) > width;
  const { words, after, name, size } = cornersOf(box);
  const room = (box.towers === 2 ? width / 2 : width) - 2 * SIZES.padding;
  const upper = textWidth(words, SIZES.words, true) + textWidth(after, SIZES.small);
  const lower = box.towers === 2 ? textWidth(name, SIZES.small) : textWidth(name + size, SIZES.small);
  return Math.max(upper, lower) > room;
}
