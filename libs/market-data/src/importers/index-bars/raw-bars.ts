import type { Contract } from '@sos/domain';

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

  get length(): number {
    return this.stamp.length;
  }
}
