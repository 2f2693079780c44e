import type { Contract } from '@sos/domain';

/** One bar as read. */
export interface RawBar {
  readonly stamp: number;
  readonly line: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly openInterest: number;
  /** True where noise of 32-bit floats was taken off a price. */
  readonly isNoisy: boolean;
}

/** Bars of one contract as read: stamps as the vendor wrote them (epoch ms), sources by line. */
export class RawBars {
  readonly contract: Contract;
  readonly stamp: number[] = [];
  readonly line: number[] = [];
  readonly open: number[] = [];
  readonly high: number[] = [];
  readonly low: number[] = [];
  readonly close: number[] = [];
  readonly volume: number[] = [];
  readonly openInterest: number[] = [];
  readonly repaired: number[] = [];
  dateOnly = false;

  constructor(contract: Contract) {
    this.contract = contract;
  }

  /** Adds a bar. */
  push(bar: RawBar): void {
    this.stamp.push(bar.stamp);
    this.line.push(bar.line);
    this.open.push(bar.open);
    this.high.push(bar.high);
    this.low.push(bar.low);
    this.close.push(bar.close);
    this.volume.push(bar.volume);
    this.openInterest.push(bar.openInterest);
    this.repaired.push(bar.isNoisy ? 1 : 0);
  }

  get length(): number {
    return this.stamp.length;
  }
}
