import type { ContractFlows, FlowClimate } from './contract-flows.js';

/** Counts the whole lots that a contract has traded by the end of any row. */
export class TradedLots {
  private readonly climate: FlowClimate;
  private readonly flows: ContractFlows;
  private readonly lot: number;

  constructor(climate: FlowClimate, flows: ContractFlows) {
    this.climate = climate;
    this.flows = flows;
    this.lot = climate.state.lot;
  }

  /** Lots traded from the open through `row`. */
  through(row: number): number {
    const { intervalOfRow, running } = this.climate;
    const interval = intervalOfRow[row] as number;
    const { before, rate } = this.flows;
    return Math.floor(
      ((before[interval] as number) + (rate[interval] as number) * (running[row] as number)) / this.lot,
    );
  }

  /** Open interest known after `row`: what was published last, units. */
  openInterest(row: number): number {
    const interval = this.climate.intervalOfRow[row] as number;
    const published = row >= (this.climate.state.market.publicationRows[interval] as number) ? interval : interval - 1;
    return published < 0 ? this.flows.openInterestBefore : (this.flows.openInterest[published] as number);
  }
}
