/** What a plan has to know of a dataset, which for one that only its owners give away is known without having it. */
import type { DatasetDefinition, DatasetKind } from '../core/dataset.ts';
import { refusal } from '../core/errors.ts';
import { allDatasetKinds, findDataset } from '../data/index.ts';

type Planned = 'name' | 'title' | 'shape' | 'classes' | 'trainCount' | 'testCount';

export type PlannedDataset = Pick<DatasetDefinition, Planned> & {
  /** As in `DatasetDefinition`; spelt out, so that a plan can look at it without reading anything. */
  sizesDiffer: boolean;
  /** Null: it is not there, and what its bytes are is unknown. */
  fingerprint: string | null;
};

/** `name` is a dataset's, KIND:FOLDER, or the name alone of a kind with known facts. Everything else is one line. */
export async function plannedDataset(name: string): Promise<PlannedDataset> {
  const kind = await absentKind(name);
  if (kind !== undefined) return fromFacts(kind);
  const found = await findDataset(name);
  return { ...found, sizesDiffer: found.sizesDiffer ?? false };
}

/** Before anything is trained: one line on how to get what is not there. */
export async function requireData(name: string, where: string): Promise<void> {
  const kind = await absentKind(name);
  if (kind === undefined) return;
  throw refusal(
    `${where}: expected ${kind.title}, which nobody can fetch for you. ${kind.facts.getIt}. Then add --set dataset=${name}:FOLDER, a folder with ${kind.layout}; --dry-run plans without it.`,
  );
}

type AbsentKind = DatasetKind & Required<Pick<DatasetKind, 'facts'>>;

async function absentKind(name: string): Promise<AbsentKind | undefined> {
  const kinds = name.includes(':') ? [] : await allDatasetKinds();
  return kinds.find((kind): kind is AbsentKind => kind.name === name && kind.facts !== undefined);
}

/** No one says how small its smallest picture is: a plan has to say what size pictures are brought to. */
function fromFacts({ name, title, facts }: AbsentKind): PlannedDataset {
  const { channels, classes, trainCount, testCount } = facts;
  const names = Array.from({ length: classes }, (_, index) => `class ${index}`);
  const shape = [1, 1, channels] as const;
  return { name, title, shape, sizesDiffer: true, classes: names, trainCount, testCount, fingerprint: null };
}
