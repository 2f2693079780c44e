import type { Contract, IstDate, OptionContract, Underlying } from '@sos/domain';
import { indexContract, type InstrumentMaster } from '@sos/symbol-master';
import type { RecorderOptions } from './recorder.js';

/** Which contracts of an underlying are recorded. */
export interface StrikeBand {
  readonly underlyings: readonly Underlying[];
  /** The contracts listed on the day of the recording. */
  readonly instruments: InstrumentMaster;
  readonly today: IstDate;
  /** Strikes on each side of the one nearest to the spot; 20 by default. */
  readonly strikes?: number;
  /** How many of the nearest expiries; 2 by default. */
  readonly expiries?: number;
}

const byExpiry = (a: { readonly expiry: IstDate }, b: { readonly expiry: IstDate }): number =>
  a.expiry < b.expiry ? -1 : a.expiry > b.expiry ? 1 : 0;

function nearestStrikes(options: readonly OptionContract[], spot: number, each: number): ReadonlySet<number> {
  const strikes = [...new Set(options.map((option) => option.strike))].sort((a, b) => a - b);
  let nearest = 0;
  strikes.forEach((strike, i) => {
    if (Math.abs(strike - spot) < Math.abs((strikes[nearest] as number) - spot)) nearest = i;
  });
  return new Set(strikes.slice(Math.max(0, nearest - each), nearest + each + 1));
}

/**
 * The contracts around the money: index, front future, and once the spot is known calls and puts of the nearest expiries within a number of
 * strikes. As the spot moves contracts come in; a recorder keeps those that it has.
 */
export function strikeBand(band: StrikeBand): RecorderOptions['universe'] {
  const { strikes = 20, expiries = 2, today } = band;
  const live = band.instruments.live(today).map((instrument) => instrument.contract);
  const listed = new Map(
    band.underlyings.map((underlying) => {
      const own = live.filter((contract) => contract.underlying === underlying);
      const options = own.filter((contract) => contract.kind === 'option').sort(byExpiry);
      const dates = [...new Set(options.map((option) => option.expiry))].slice(0, expiries);
      const future = own.filter((contract) => contract.kind === 'future').sort(byExpiry)[0];
      const near = dates.map((date) => options.filter((option) => option.expiry === date));
      return [underlying, { future, near }] as const;
    }),
  );
  return (spots) => {
    const wanted: Contract[] = [];
    for (const [underlying, { future, near }] of listed) {
      wanted.push(indexContract(underlying));
      if (future) wanted.push(future);
      const spot = spots.get(underlying);
      if (spot === undefined) continue;
      for (const options of near) {
        const within = nearestStrikes(options, spot, strikes);
        wanted.push(...options.filter((option) => within.has(option.strike)));
      }
    }
    return wanted;
  };
}
