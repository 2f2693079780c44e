import type { Right } from '@sos/domain';
import {
  contractKey,
  fillContractFlows,
  makeFlowColumns,
  type ContractFlows,
  type FlowClimate,
} from './contract-flows.js';
import type { ExpiryState } from './expiry-state.js';
import { askPrice, bidPrice, quoteUnits, quoteWidth, tradePrice } from './quote-model.js';
import { latticeTriangle, latticeUniform } from './random-stream.js';

const MIN_OMEGA = 1e-7;
// Places of a contract's lattice per row, far above those of its flows.
const ROW_PLACES = 8;
const FIRST_PLACE = 4096;

/** One option contract of the model through a session: every value is a function of the row, whoever asks and in whatever order. */
export class ContractModel {
  readonly strike: number;
  readonly isCall: boolean;
  private readonly state: ExpiryState;
  private readonly climate: FlowClimate;
  private readonly logStrike: number;
  private readonly key: number;

  constructor(climate: FlowClimate, strike: number, right: Right) {
    this.climate = climate;
    this.state = climate.state;
    this.strike = strike;
    this.isCall = right === 'CE';
    this.logStrike = Math.log(strike);
    this.key = contractKey(climate, strike, this.isCall);
  }

  /** Flows of the session; `into` is scratch that may be shared by contracts used one after the other. */
  flows(into = makeFlowColumns(this.climate)): ContractFlows {
    return fillContractFlows(this.climate, { strike: this.strike, right: this.isCall ? 'CE' : 'PE' }, into);
  }

  /** Value if exercised at a forward, rupees. */
  intrinsic(forward: number): number {
    const beyond = this.isCall ? forward - this.strike : this.strike - forward;
    return beyond > 0 ? beyond : 0;
  }

  /** Fair premium after `row` (-1 = at the open): Black-76 on the expiry's smile, undiscounted, so that put-call parity is exact. */
  fair(row: number): number {
    const m = row + 1;
    const forward = this.state.forward[m] as number;
    return this.premium(forward, this.state.logForward[m] as number, this.state.omega[m] as number);
  }

  /** Fair premium at another forward than the minute's close, with the volatility of `row`. */
  fairAt(forward: number, row: number): number {
    return this.premium(forward, Math.log(forward), this.state.omega[row + 1] as number);
  }

  private premium(forward: number, logForward: number, omega: number): number {
    const intrinsic = this.intrinsic(forward);
    if (omega < MIN_OMEGA) return intrinsic;
    return intrinsic + forward * omega * this.state.curve.outOfTheMoney((this.logStrike - logForward) / omega);
  }

  private width(fair: number, row: number): number {
    const intrinsic = this.intrinsic(this.state.forward[row + 1] as number);
    const minute = row < 0 ? 0 : (this.state.market.path.minute[row] as number);
    return quoteWidth(this.state, { fair, intrinsic }, minute);
  }

  /** Price of the last trade of a minute in which the contract traded. */
  close(row: number): number {
    const fair = this.fair(row);
    return tradePrice(fair, this.width(fair, row), latticeTriangle(this.key, this.place(row)));
  }

  /** Price of the first trade of a minute. */
  open(row: number, forward: number): number {
    const fair = this.fairAt(forward, row - 1);
    return tradePrice(fair, this.width(fair, row), latticeTriangle(this.key, this.place(row) + 1));
  }

  /** A trade at the fair premium of another forward within the minute: its extremes. */
  extreme(row: number, forward: number): number {
    return tradePrice(this.fairAt(forward, row), 0, 0);
  }

  bid(row: number): number {
    const fair = this.fair(row);
    return bidPrice(fair, this.width(fair, row));
  }

  ask(row: number): number {
    const fair = this.fair(row);
    return askPrice(fair, this.width(fair, row));
  }

  bidUnits(row: number): number {
    return quoteUnits(this.state, this.fair(row), latticeUniform(this.key, this.place(row) + 2));
  }

  askUnits(row: number): number {
    return quoteUnits(this.state, this.fair(row), latticeUniform(this.key, this.place(row) + 3));
  }

  private place(row: number): number {
    return FIRST_PLACE + ROW_PLACES * row;
  }
}
