/** A dataset that its makers publish as files with checksums: what CIFAR, SVHN, KMNIST and EMNIST share. */
import { type DatasetDefinition, type DatasetVerification, defineDataset, type ImageSet } from '../core/dataset.ts';
import { dataFolder, dataPath, problemOf } from './_cache.ts';
import { cachedMoments } from './_moments.ts';
import { checkPublished, fetchPublished, type Publication, publishedFingerprint, readPart } from './_published.ts';

export interface Part {
  bytes: Buffer;
  /** Its path, for messages. */
  where: string;
}

type Facts = Pick<
  DatasetDefinition,
  'name' | 'title' | 'source' | 'downloadBytes' | 'shape' | 'classes' | 'trainCount' | 'testCount'
>;

export interface PublishedDatasetOptions extends Facts {
  publication: Publication;
  parse(read: (part: string) => Part): { train: ImageSet; test: ImageSet };
}

export function definePublishedDataset({ publication, parse, ...facts }: PublishedDatasetOptions): DatasetDefinition {
  const { name, shape, classes } = facts;
  const { folder } = publication;
  const fingerprint = publishedFingerprint(name, publication.files);
  const read = (part: string): Part => ({ bytes: readPart(folder, part), where: dataPath(folder, { name: part }) });
  return defineDataset({
    ...facts,
    fingerprint,
    fetch: (report, options) => fetchPublished(publication, report, options),
    check: async () => ({ ...checkPublished(publication), name }),
    verify: async () => verifyParts(publication),
    load: async () => {
      const { train, test } = parse(read);
      const { mean, std } = cachedMoments(dataFolder(folder), `${name}.moments.json`, fingerprint, train, shape[2]);
      return { name, shape, classes, train, test, mean, std, fingerprint };
    },
  });
}

function verifyParts({ folder, files }: Publication): DatasetVerification {
  const parts = files.flatMap(file => file.parts);
  const damaged = parts.flatMap(part => problemOf(() => readPart(folder, part)));
  return { files: parts.length, damaged, converted: {} };
}
