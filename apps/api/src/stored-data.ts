import type { Store } from '@sos/store';
import type { ResearchData } from './research-data.js';

const MOST_REFUSED_ROWS = 20_000;

/** The store as the server reads it. */
export function storedData(store: Store): ResearchData {
  return {
    listRuns: () => store.listRuns({ limit: 500 }),
    loadRun: (runId) => store.loadRun(runId),
    stored: (filter) => store.marketSource({ filter }),
    datasets: () => store.datasets(),
    coverage: (range) => store.coverage(range),
    importedFiles: () => store.importedFiles(),
    quarantined: () => store.quarantined({ limit: MOST_REFUSED_ROWS }),
  };
}
