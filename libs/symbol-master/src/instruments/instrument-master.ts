import { AppError, didYouMean, type Contract, type IstDate } from '@sos/domain';
import type { Instrument } from './instrument.js';

/** What a load found in its file. */
export interface MasterReport {
  /** Rows of the file, its header not counted. */
  readonly rows: number;
  /** Index options, index futures and indices of known underlyings. */
  readonly kept: number;
  /** Rows of other things: shares, currencies, commodities, other indices. */
  readonly skipped: number;
}

/** One vendor's list of contracts on one day: key to contract and back by one look-up. */
export class InstrumentMaster {
  /** The day whose list it is. */
  readonly asOf: IstDate;
  readonly report: MasterReport;
  readonly #byKey = new Map<string, Instrument>();
  readonly #byId = new Map<string, Instrument>();

  /** @throws SOS_DATA_CORRUPT when two rows claim one key or one contract */
  constructor(asOf: IstDate, instruments: readonly Instrument[], report: MasterReport) {
    this.asOf = asOf;
    this.report = report;
    for (const instrument of instruments) this.#add(instrument);
  }

  #add(instrument: Instrument): void {
    const rival = this.#byKey.get(instrument.key) ?? this.#byId.get(instrument.id);
    if (rival !== undefined)
      throw new AppError(
        'SOS_DATA_CORRUPT',
        `expected one row per contract in the master of ${this.asOf}, found ${rival.key} ${rival.id} and ${instrument.key} ${instrument.id}`,
        { context: { key: instrument.key, id: instrument.id } },
      );
    this.#byKey.set(instrument.key, instrument);
    this.#byId.set(instrument.id, instrument);
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** The instrument of a vendor key, or null. */
  byKey(key: string): Instrument | null {
    return this.#byKey.get(key) ?? null;
  }

  /** The instrument of a canonical id, or null. */
  byId(id: string): Instrument | null {
    return this.#byId.get(id) ?? null;
  }

  /** The instrument of a canonical id that must be there. @throws SOS_UNKNOWN_SYMBOL with the nearest listed contract */
  instrumentOf(id: string): Instrument {
    const found = this.#byId.get(id);
    if (found !== undefined) return found;
    throw new AppError(
      'SOS_UNKNOWN_SYMBOL',
      `expected a contract listed on ${this.asOf}, found "${id}"${didYouMean(id, this.#byId.keys())}`,
      { context: { id, asOf: this.asOf } },
    );
  }

  /** All instruments in the order of the file. */
  instruments(): IterableIterator<Instrument> {
    return this.#byKey.values();
  }

  /** Contracts whose last day is `on` or later: masters keep expired rows for some days. */
  live(on: IstDate): Instrument[] {
    return [...this.#byKey.values()].filter((i) => isAlive(i.contract, on));
  }
}

/** True until the end of the expiry day. */
export function isAlive(contract: Contract, on: IstDate): boolean {
  return contract.kind === 'index' || contract.expiry >= on;
}
