/** Nets by the names that papers and people use. */
import { LINEAGE } from './lineage.ts';

/** "Inception v1 (GoogLeNet)" → "GoogLeNet"; "vgg-d" → "VGG D". */
export function titleOf(net: string): string {
  return SHORT[net] ?? LINEAGE.find(node => node.name === net && !node.title.includes(','))?.title ?? spell(net);
}

const SHORT: Record<string, string> = {
  zfnet: 'ZFNet',
  'inception-v1': 'GoogLeNet',
  'inception-v2': 'BN-Inception',
  'resnet-152-v2': 'ResNet-152 v2',
};

function spell(net: string): string {
  const [family = '', ...rest] = net.split('-');
  if (family === 'vgg') return `VGG ${rest.join('-').toUpperCase()}`;
  const word = { resnet: 'ResNet', plain: 'Plain', residual: 'ResNet', inception: 'Inception' }[family] ?? family;
  return [word, ...rest.map(part => (part === 'resnet' ? 'ResNet' : part))].join('-').replace(/-v(\d)$/, ' v$1');
}
