import type { ContractBars } from '@sos/contracts';
import type { DayTape, OptionSeries } from '@sos/domain';
import { nearestStrikeIndex } from '@sos/math-engine';
import { optionContract } from '@sos/symbol-master';
import { contractBarsOf, knownRows } from '../day-run/known-rows.js';

/** The strike whose call and put stand beside the index unless another is chosen: the one nearest to the day's first price, so that it never depends on what came later. */
export function strikeAtOpen({ chains, index }: DayTape): number | null {
  const [nearest] = chains;
  const at = nearest === undefined ? -1 : nearestStrikeIndex(nearest.strikes, index.open[0] as number);
  return nearest?.strikes[at] ?? null;
}

/** Call and put of one strike of the nearest expiry, told row by row as they become known. */
export class OptionPair {
  readonly strike: number | null;
  readonly #sides: { readonly series: OptionSeries; told: number }[];

  constructor(tape: DayTape, strike: number | null) {
    this.strike = strike;
    const [nearest] = tape.chains;
    const rights = nearest === undefined || strike === null ? [] : (['CE', 'PE'] as const);
    this.#sides = rights.flatMap((right) => {
      if (nearest === undefined || strike === null) return [];
      const { underlying, expiry } = nearest;
      const series = tape.option(optionContract({ underlying, expiry, strike, right }));
      return series === null ? [] : [{ series, told: 0 }];
    });
  }

  /** Everything known up to an instant. */
  history(at: number): ContractBars[] {
    for (const side of this.#sides) side.told = 0;
    return this.growth(at);
  }

  /** What became known since the last call. */
  growth(at: number): ContractBars[] {
    return this.#sides.map((side) => {
      const from = side.told;
      side.told = knownRows(side.series, at);
      return contractBarsOf(side.series, from, side.told);
    });
  }
}
