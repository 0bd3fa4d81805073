import type { FetchRequest } from '../plan.js';
import type { FetchedRow } from '../reconcile.js';
import type { Failure } from './failure.js';

/** What became of the requests of one integration. */
export interface LaneResult {
  readonly rows: { readonly request: FetchRequest; readonly row: FetchedRow }[];
  readonly failures: {
    readonly request: FetchRequest;
    readonly ids: readonly string[];
    readonly failure: Failure;
  }[];
}
