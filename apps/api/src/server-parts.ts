import type { GateLibrary } from './gates/gate-library.js';
import type { JobDesk } from './jobs/job-desk.js';
import type { DayShelf } from './market/day-shelf.js';
import type { Markets } from './market/markets.js';
import type { ResearchData } from './research-data.js';

/** What routes answer from. */
export interface ServerParts {
  readonly data: ResearchData;
  readonly gates: GateLibrary;
  readonly markets: Markets;
  readonly shelf: DayShelf;
  readonly jobs: JobDesk;
  /** The present instant, epoch ms. */
  readonly now: () => number;
}
