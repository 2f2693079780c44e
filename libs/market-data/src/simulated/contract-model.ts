import type { Right } from '@sos/domain';
import { buildContractFlows, contractTerms, type ContractFlows, type ContractTerms } from './contract-flows.js';
import type { ExpiryState } from './expiry-state.js';
import type { FlowClimate } from './flow-climate.js';
import { quoteWidth, tradePrice } from './quote-model.js';
import { latticeBits } from './random-stream.js';

// Bound once: in a sandbox (Jest) each look-up of the global costs more than the function.
const { floor, log } = Math;

// A contract's lattice: flows use the places from 0, rows those from here.
const FIRST_PLACE = 4096;

/** Place of a row's random bits: the upper half for its last trade, the lower for its quotes and first trade. */
export function placeOfRow(row: number): number {
  return FIRST_PLACE + row;
}

/** One option contract of the model through a session: every value is a function of the row, whoever asks and in whatever order. */
export class ContractModel {
  readonly strike: number;
  readonly isCall: boolean;
  readonly terms: ContractTerms;
  readonly state: ExpiryState;
  private readonly climate: FlowClimate;
  private made: ContractFlows | null = null;
  private readonly logStrike: number;

  constructor(climate: FlowClimate, { strike, right }: { strike: number; right: Right }) {
    this.climate = climate;
    this.state = climate.state;
    this.strike = strike;
    this.isCall = right === 'CE';
    this.logStrike = log(strike);
    this.terms = contractTerms(climate, strike, right);
  }

  private get flows(): ContractFlows {
    return (this.made ??= buildContractFlows(this.climate, this.terms, this.strike));
  }

  /** Value if exercised at a forward, rupees. */
  intrinsic(forward: number): number {
    const beyond = this.isCall ? forward - this.strike : this.strike - forward;
    return beyond > 0 ? beyond : 0;
  }

  /** Fair premium after `m` rows (0 = at the open): Black-76 on the expiry's smile, undiscounted, so that put-call parity is exact. */
  fair(m: number): number {
    const { forward, logForward, scale, inverseOmega, curve } = this.state;
    const u = (this.logStrike - (logForward[m] as number)) * (inverseOmega[m] as number);
    return this.intrinsic(forward[m] as number) + (scale[m] as number) * curve.outOfTheMoney(u);
  }

  /** Fair premium at another forward (and its logarithm), with the volatility after `m` rows. */
  fairAt(other: number, logOther: number, m: number): number {
    const { omega, inverseOmega, curve } = this.state;
    const u = (this.logStrike - logOther) * (inverseOmega[m] as number);
    return this.intrinsic(other) + other * (omega[m] as number) * curve.outOfTheMoney(u);
  }

  /** Price of the last trade of a row in which the contract traded. */
  close(row: number): number {
    const fair = this.fair(row + 1);
    const intrinsic = this.intrinsic(this.state.forward[row + 1] as number);
    const width = quoteWidth(this.state.width[row + 1] as number, fair, intrinsic);
    return tradePrice(fair, width, latticeBits(this.terms.key, placeOfRow(row)));
  }

  /** Lots traded from the open through `row`. */
  lotsThrough(row: number): number {
    const { intervalOfRow, running } = this.climate;
    const { before, rate } = this.flows;
    const j = intervalOfRow[row] as number;
    return floor(((before[j] as number) + (rate[j] as number) * (running[row] as number)) * this.state.perLot);
  }

  /** The latest row up to `row` in which a lot was traded; 0 when none was. */
  lastTradedRow(row: number): number {
    const lots = this.lotsThrough(row);
    let last = row;
    while (last > 0 && this.lotsThrough(last - 1) === lots) last--;
    return last;
  }

  /** Open interest known after `row`: what was published last, units. */
  openInterestAfter(row: number): number {
    const { intervalOfRow, state } = this.climate;
    const j = intervalOfRow[row] as number;
    const published = row >= (state.market.publicationRows[j] as number) ? j : j - 1;
    return published < 0 ? this.terms.interestBefore : (this.flows.openInterest[published] as number);
  }
}
