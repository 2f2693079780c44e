import type { ImportSummary } from '@sos/market-data';
import type { LeftOutBars } from './store-sink.js';

/** What an import came to: the importer's own account, less the bars that the store has no place for. */
export interface ImportResult extends Omit<ImportSummary, 'units'> {
  readonly units: ImportSummary['units'] & { readonly leftOut: number };
  readonly leftOut: readonly LeftOutBars[];
}

/** The importer counts what it hands on; what was left out is taken off again, so that every figure is of stored rows. */
export function importResult(summary: ImportSummary, leftOut: readonly LeftOutBars[]): ImportResult {
  const { units, written } = summary;
  const unitsLeftOut = new Set(leftOut.filter((one) => one.wholly).map((one) => one.unit)).size;
  const bars = leftOut.reduce((total, one) => total + one.bars, 0);
  return {
    ...summary,
    units: { ...units, imported: units.imported - unitsLeftOut, leftOut: unitsLeftOut },
    written: { ...written, bars: written.bars - bars },
    leftOut,
  };
}
