/**
 * Published ILSVRC top-5 errors that are not the one figure which a net of the registry states itself: entries of the
 * competition without a net of ours, and further figures of our nets. The pictures of 2010 and of 2011 are not those of
 * 2012 and after, whose classification sets are one and the same.
 */
import type { PublishedError } from '../../core/net.ts';

/** How an image was shown to one net when its error was measured. */
export type Views = 'one crop' | 'ten crops' | 'dense, one scale' | 'several scales';

export interface HistoryEntry extends Omit<PublishedError, 'models'> {
  name: string;
  year: number;
  /** Null: the source does not say. */
  models: PublishedError['models'] | null;
  /** Of the registry: the net itself, or the deepest of several. */
  net?: string;
  views?: Views;
  /** First of its year in classification. */
  won?: boolean;
  /** Hand-made features and a linear classifier. */
  shallow?: boolean;
}

/** Russakovsky et al. 2015, §6.4: one annotator, trained for it, on 1,500 test images. */
export const HUMAN = { error: 0.051, source: 'Russakovsky et al. 2015, §6.4' };

export const ENTRIES: readonly HistoryEntry[] = [
  shallow('NEC-UIUC', 2010, 0.282, 6, 'Krizhevsky et al. 2012, §6 and table 1', true),
  shallow('XRCE', 2011, 0.258, null, 'ILSVRC 2011, results', true),
  shallow('ISI', 2012, 0.262, 'several', 'Krizhevsky et al. 2012, §6 and table 2'),
  {
    ...team('AlexNet, extra data', 2012, 0.153, 7, 'Krizhevsky et al. 2012, table 2'),
    net: 'alexnet',
    extraData: true,
    won: true,
  },
  single('alexnet', 2012, 0.182, 'ten crops', 'Krizhevsky et al. 2012, table 2'),
  /** By an author of ZFNet, whose depth it is drawn at. */
  { ...team('Clarifai', 2013, 0.117, 'several', 'Simonyan & Zisserman 2014, table 7'), net: 'zfnet', won: true },
  single('zfnet', 2013, 0.165, undefined, 'Zeiler & Fergus 2013, table 2'),
  team('MSRA, SPP-net', 2014, 0.0806, 11, 'He et al. 2014; 8.1 % in Simonyan & Zisserman 2014, table 7'),
  { ...team('VGG', 2014, 0.073, 7, 'Simonyan & Zisserman 2014, table 7'), net: 'vgg-e' },
  { ...team('VGG D + E', 2014, 0.068, 2, 'Simonyan & Zisserman 2014, table 7'), net: 'vgg-e' },
  single('vgg-d', 2014, 0.099, 'one crop', 'K. He, deep-residual-networks, README'),
  single('inception-v1', 2014, 0.1007, 'one crop', 'Szegedy et al. 2014, table 3'),
  team('MSRA-Net, PReLU', 2015, 0.0494, 6, 'He et al. 2015b, abstract'),
  { ...one('MSRA-Net, PReLU', 2015, 0.0571, 'several scales', 'He et al. 2015, table 4') },
  single('inception-v2', 2015, 0.0782, 'one crop', 'Ioffe & Szegedy 2015, figure 4'),
  { ...team('Inception v3', 2015, 0.0358, 4, 'Szegedy et al. 2015, table 5'), net: 'inception-v3' },
  single('inception-v3', 2015, 0.056, 'one crop', 'Szegedy et al. 2015, abstract'),
  single('resnet-34', 2015, 0.0746, 'ten crops', 'He et al. 2015, table 3'),
  single('resnet-50', 2015, 0.0671, 'ten crops', 'He et al. 2015, table 3'),
  single('resnet-101', 2015, 0.0605, 'ten crops', 'He et al. 2015, table 3'),
  single('resnet-152', 2015, 0.0571, 'ten crops', 'He et al. 2015, table 3'),
  single('resnet-152', 2015, 0.0449, 'several scales', 'He et al. 2015, table 4'),
  single('resnet-50', 2015, 0.078, 'one crop', 'K. He, deep-residual-networks, README'),
  single('resnet-101', 2015, 0.071, 'one crop', 'K. He, deep-residual-networks, README'),
  single('resnet-152', 2015, 0.067, 'one crop', 'K. He, deep-residual-networks, README'),
  team('Inception-v4 + 3 Inception-ResNet-v2', 2016, 0.0308, 4, 'Szegedy et al. 2016, abstract'),
  { ...team('Trimps-Soushen', 2016, 0.0299, 'several', 'ILSVRC 2016, results'), won: true },
  { ...team('SENet', 2017, 0.0225, 'several', 'Hu et al. 2018, abstract'), won: true },
];

/** Of the one figure that a net states itself: how it came about, by the table that it stands in. */
export const VIEWS_IN: readonly (readonly [source: string, views: Views])[] = [
  ['Simonyan & Zisserman 2014, table 3', 'dense, one scale'],
  ['He et al. 2015, table 3', 'ten crops'],
  ['He et al. 2015, table 4', 'several scales'],
  ['He et al. 2016, table 5', 'one crop'],
  ['Szegedy et al. 2016, table 2', 'one crop'],
];

/** Nets whose one figure, of several models, won their year. */
export const WINNERS: readonly string[] = ['alexnet', 'inception-v1', 'resnet-152'];

function team(name: string, year: number, error: number, models: HistoryEntry['models'], source: string): HistoryEntry {
  return { name, year, error, models, set: 'test', source };
}

function shallow(
  name: string,
  year: number,
  error: number,
  models: HistoryEntry['models'],
  source: string,
  won = false,
): HistoryEntry {
  return { ...team(name, year, error, models, source), shallow: true, won };
}

function one(name: string, year: number, error: number, views: Views | undefined, source: string): HistoryEntry {
  return { name, year, error, models: 1, set: 'val', source, ...(views && { views }) };
}

function single(net: string, year: number, error: number, views: Views | undefined, source: string): HistoryEntry {
  return { ...one(net, year, error, views, source), net };
}
