import { isExpiryListed } from './listed-then.js';
import type { Contract, IstDate } from '@sos/domain';
import { isAlive, type InstrumentMaster } from './instrument-master.js';
import type { Instrument } from './instrument.js';

interface Sighting {
  readonly asOf: IstDate;
  readonly instrument: Instrument;
}

/**
 * Masters of several days, asked as of a day. Exchanges use a key again after its contract expired, and re-date listed contracts: only the
 * day decides what a key means.
 */
export class InstrumentHistory {
  readonly #byKey = new Map<string, Sighting[]>();
  readonly #byId = new Map<string, Sighting[]>();

  /** Adds a master, in any order of days. */
  add(master: InstrumentMaster): void {
    for (const instrument of master.instruments()) {
      const sighting = { asOf: master.asOf, instrument };
      insert(this.#byKey, instrument.key, sighting);
      insert(this.#byId, instrument.id, sighting);
    }
  }

  /**
   * What a vendor key meant on a day, or null: the contract of the newest master up to that day if it was still alive; before the first
   * sighting the contract whose expiry was already listed that day by the rulebook.
   */
  byKey(key: string, on: IstDate): Instrument | null {
    return resolve(this.#byKey.get(key) ?? [], on);
  }

  /** The instrument of a contract as a day's master lists it, or null when it was not listed or already over. */
  byId(id: string, on: IstDate): Instrument | null {
    return resolve(this.#byId.get(id) ?? [], on);
  }
}

function insert(index: Map<string, Sighting[]>, name: string, sighting: Sighting): void {
  const list = index.get(name);
  if (list === undefined) {
    index.set(name, [sighting]);
    return;
  }
  const at = list.findLastIndex((s) => s.asOf <= sighting.asOf);
  list.splice(at + 1, 0, sighting);
}

function wasListed(contract: Contract, on: IstDate): boolean {
  return contract.kind === 'index' || isExpiryListed(contract.underlying, contract.expiry, on);
}

function resolve(sightings: readonly Sighting[], on: IstDate): Instrument | null {
  const seen = sightings.findLast((s) => s.asOf <= on && isAlive(s.instrument.contract, on));
  if (seen !== undefined) return seen.instrument;
  const coming = sightings.find((s) => s.asOf > on && isAlive(s.instrument.contract, on));
  return coming !== undefined && wasListed(coming.instrument.contract, on) ? coming.instrument : null;
}
