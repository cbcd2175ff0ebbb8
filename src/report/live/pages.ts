/** Address → page. */
import type { Asked } from './asked.ts';
import { type LiveView, messageView } from './view.ts';
import { experimentView } from './views/experiment.ts';
import { experimentsView } from './views/experiments.ts';
import { runView } from './views/run.ts';
import { runsView } from './views/runs.ts';

const PAGES: readonly [path: RegExp, view: (asked: Asked, name: string) => LiveView][] = [
  [/^\/$/, experimentsView],
  [/^\/runs$/, runsView],
  [/^\/runs\/([^/]+)$/, runView],
  [/^\/experiments\/([^/]+)$/, experimentView],
];

export function pageAt(path: string, asked: Asked): LiveView {
  for (const [pattern, view] of PAGES) {
    const found = pattern.exec(path);
    if (found) return view(asked, decoded(found[1] ?? ''));
  }
  return messageView('Nothing here', 'There is no page of this address.', 404);
}

/** A name that cannot be decoded is no name that we have given out. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
