import type { BarColumns, ChainTape, IstDate, OptionContract, OptionSeries, SeriesSource } from '@sos/domain';
import { buildChainTape } from './chain-builder.js';
import { buildExpiryState } from './expiry-state.js';
import { buildFlowClimate, type FlowClimate } from './flow-climate.js';
import { buildFutureBars } from './future-bars.js';
import type { MarketState } from './market-state.js';
import { buildOptionSeries } from './option-series-builder.js';

/** How much of the chain to make. */
export interface ChainExtent {
  /** Strikes on each side of the money that every snapshot covers, while the index drifts as far as two standard deviations of a day (1.25 when whole). */
  readonly bandStrikes: number;
  /** Minutes between snapshots, ≥ 1. */
  readonly chainCadenceMinutes: number;
  /** How many expiries have a chain, nearest first. */
  readonly expiries: number;
  /** Whether snapshots show all strikes of the day; else those further from the money than the band (and two more) are unknown in them. */
  readonly isWhole: boolean;
}

/** Furthest strike that exists, as a share of the index (the exchange lists about that far). */
const FURTHEST_STRIKE = 0.15;
const DRIFT_DEVIATIONS = 2;
const WHOLE_DRIFT_DEVIATIONS = 1.25;
/** Strikes shown beyond the band, so that a change over some minutes knows the strikes that the band has just reached. */
const MARGIN_STRIKES = 2;

/** Premiums, chains and the front future of one session, made from its market state when they are asked for. */
export class PremiumModel {
  private readonly market: MarketState;
  private readonly source: SeriesSource;
  private readonly climates = new Map<IstDate, FlowClimate>();
  private readonly made = new Map<string, OptionSeries>();

  constructor(market: MarketState, source: SeriesSource) {
    this.market = market;
    this.source = source;
  }

  /** Chains of the nearest expiries. @param spot printed index by row */
  chains(extent: ChainExtent, spot: Float64Array): ChainTape[] {
    const { underlying, date, rulebook } = this.market;
    return rulebook
      .listedExpiries(underlying, date)
      .slice(0, extent.expiries)
      .map(({ date: expiry }) => {
        const climate = this.climate(expiry);
        const strikes = this.strikes(climate, extent);
        const cadence = extent.chainCadenceMinutes;
        const reach = extent.isWhole ? strikes.length : extent.bandStrikes + MARGIN_STRIKES;
        return buildChainTape({ climate, strikes, cadence, reach, source: this.source, spot });
      });
  }

  future(): BarColumns | null {
    return buildFutureBars(this.market);
  }

  /** The bars of one contract, or null when it is not listed that day. */
  option(contract: OptionContract): OptionSeries | null {
    const { underlying, date, path, rulebook } = this.market;
    if (contract.underlying !== underlying || path.length === 0) return null;
    if (!rulebook.listedExpiries(underlying, date).some((e) => e.date === contract.expiry)) return null;
    const climate = this.climate(contract.expiry);
    const spot = path.open[0] as number;
    const isListed =
      contract.strike % climate.state.step === 0 && Math.abs(contract.strike - spot) <= FURTHEST_STRIKE * spot;
    return isListed ? this.series(climate, contract) : null;
  }

  private series(climate: FlowClimate, contract: OptionContract): OptionSeries {
    const key = `${contract.expiry}${contract.strike}${contract.right}`;
    let found = this.made.get(key);
    if (found === undefined) {
      found = buildOptionSeries(climate, contract, this.source);
      this.made.set(key, found);
    }
    return found;
  }

  private climate(expiry: IstDate): FlowClimate {
    let found = this.climates.get(expiry);
    if (found === undefined) {
      found = buildFlowClimate(buildExpiryState(this.market, expiry));
      this.climates.set(expiry, found);
    }
    return found;
  }

  // Fixed at the open: a strike list that followed the day's range would tell it in advance.
  private strikes({ state }: FlowClimate, { bandStrikes: band, isWhole }: ChainExtent): Float64Array {
    const spot = this.market.path.open[0] as number;
    const deviations = isWhole ? WHOLE_DRIFT_DEVIATIONS : DRIFT_DEVIATIONS;
    const drift = Math.ceil((deviations * this.market.sessionVolatility * spot) / state.step);
    const atm = Math.round(spot / state.step);
    const lowest = Math.max(1, atm - band - drift);
    return Float64Array.from({ length: atm + band + drift - lowest + 1 }, (_, i) => (lowest + i) * state.step);
  }
}
