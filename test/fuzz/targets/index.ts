import type { FuzzTarget } from '../target.ts';
import baseline from './baseline.ts';
import checkpoint from './checkpoint.ts';
import cifar from './cifar.ts';
import curation from './curation.ts';
import experiment from './experiment.ts';
import history from './history.ts';
import idx from './idx.ts';
import { importTarget } from './imports.ts';
import journal from './journal.ts';
import picture from './picture.ts';
import predictions from './predictions.ts';
import record from './record.ts';
import recorder from './recorder.ts';
import run from './run.ts';
import safetensors from './safetensors.ts';
import settings from './settings.ts';
import svhn from './svhn.ts';

export const TARGETS: Readonly<Record<string, FuzzTarget>> = {
  ...{ journal, recorder, checkpoint, safetensors, predictions, baseline, experiment, idx, cifar, svhn, picture },
  ...{ history, curation, settings, record, run },
  csv: importTarget('csv'),
  jsonl: importTarget('jsonl'),
  wandb: importTarget('wandb'),
  tensorboard: importTarget('tensorboard'),
};
