import type { Store } from '../../tracking/store.ts';
import type { Zoom } from './curves.ts';

/** What every page is made from. */
export interface Asked {
  store: Store;
  query: URLSearchParams;
  zoom: Zoom;
  nowMs: number;
  /** Goes with a form that changes something; null: nothing may be changed. */
  formToken: string | null;
}
