import type { Underlying } from '@sos/domain';
import { day } from '../dated/ist-day.js';
import type { TickRow } from '../rows/contract-rows.js';

const UNDERLYINGS: readonly Underlying[] = ['NIFTY', 'BANKNIFTY', 'FINNIFTY', 'MIDCPNIFTY', 'SENSEX'];
// Futures of higher indices have a coarser grid since 2025.
const COARSE_FUTURES: readonly (readonly [Underlying, number])[] = [
  ['NIFTY', 10],
  ['BANKNIFTY', 20],
  ['FINNIFTY', 10],
];
const COARSE_FROM = '2025-04-15';

/** The price grid, in paise. */
export function tickRows(): TickRow[] {
  const fine = UNDERLYINGS.flatMap((underlying) =>
    (['option', 'future'] as const).map((kind): TickRow => ({
      underlying,
      kind,
      from: day('2000-06-01'),
      to: null,
      paise: 5,
      confidence: 'high',
      source: 'NSE and BSE contract specification; every instrument master',
    })),
  );
  const coarse = COARSE_FUTURES.map(([underlying, paise]): TickRow => ({
    underlying,
    kind: 'future',
    from: day(COARSE_FROM),
    to: null,
    paise,
    confidence: 'medium',
    source: 'instrument masters: 5 paise on 2024-10-08, this value from 2025-12-23 on',
    note: 'the day of the change (2025-04-15) is from memory',
  }));
  return [...fine, ...coarse];
}
