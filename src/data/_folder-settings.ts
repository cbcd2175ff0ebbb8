/** `dataset.json` in a folder of images: what its owner says about it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describeError, UserError } from '../core/errors.ts';

const FILE = 'dataset.json';

const settings = v.strictObject({
  /** As reports call it. */
  title: v.optional(v.pipe(v.string(), v.nonEmpty())),
  /** Share of each class that becomes the test set, where the folder has none of its own. */
  testShare: v.optional(v.pipe(v.number(), v.gtValue(0), v.ltValue(1))),
  /** Of the draw of that share. */
  seed: v.optional(v.pipe(v.number(), v.integer()), 0),
  damaged: v.optional(v.picklist(['fatal', 'skip']), 'fatal'),
});

export type FolderSettings = v.InferOutput<typeof settings>;

/** Defaults where there is no such file; one line where it says something else. */
export function readFolderSettings(root: string): FolderSettings {
  const path = join(root, FILE);
  const result = v.safeParse(settings, existsSync(path) ? parseJson(path) : {});
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new UserError(`${path}: field ${v.getDotPath(issue) ?? '(all)'}: ${issue.message}.`);
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UserError(`${path}: expected JSON, got something else (${describeError(error)}).`, { cause: error });
  }
}
