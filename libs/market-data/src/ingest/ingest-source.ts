import type { Provider } from '../providers/provider.js';
import type { RowOrigin } from './ingest-store.js';

/** A provider of the chain, and under which name its rows are kept. */
export interface IngestSource extends RowOrigin {
  readonly provider: Provider;
}

const isReal = ({ source }: Pick<RowOrigin, 'source'>): boolean => source === 'recorded' || source === 'derived';

/** True when rows of one origin may stand in for those of the other: real ones for real ones, simulated ones only within their own data set. */
export function sameTrust(held: RowOrigin, like: RowOrigin): boolean {
  if (isReal(like)) return isReal(held);
  return held.source === like.source && held.dataset === like.dataset;
}
