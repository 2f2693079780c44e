import type { PositionView } from '@sos/contracts';
import type { EngineState } from '@sos/engine';
import { knownRows } from './known-rows.js';

type Book = EngineState['books'][number];

/** The open positions of a book, valued at the last premium known at an instant. */
export function positionViews({ positions, gates }: Book, at: number): PositionView[] {
  return positions
    .filter((p) => p.open)
    .map((p) => {
      const row = knownRows(p.series, at) - 1;
      const last = row >= 0 ? (p.series.close[row] as number) : Number.NaN;
      const isKnown = !Number.isNaN(last);
      return {
        gate: gates[p.gate]?.id ?? `#${p.gate}`,
        contract: p.contract.id,
        units: p.units,
        entryTime: p.entryTime,
        entryPrice: p.entryPaise,
        stop: p.stop,
        target: p.target,
        last: isKnown ? last : null,
        openPaise: isKnown ? Math.round((last * 100 - p.entryPaise) * p.units) : null,
      };
    });
}
