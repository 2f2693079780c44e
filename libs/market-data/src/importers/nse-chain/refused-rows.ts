import type { QuarantineReason } from '../faults.js';
import type { ChainPage } from './chain-page.js';

/** Rows that a reader could read but that are no page of an index's chain. */
export interface RefusedRows {
  readonly refused: QuarantineReason;
  readonly file: string;
  readonly rows: number;
  readonly sample: string;
}

/** True for rows that were refused by their reader. */
export function isRefused(read: ChainPage | RefusedRows): read is RefusedRows {
  return 'refused' in read;
}
