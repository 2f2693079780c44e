import { AppError, istDateOf, type Contract, type IstDate, type Underlying } from '@sos/domain';
import { parseUpstoxTradingSymbol, upstoxIndexKey, upstoxSegment, type InstrumentMaster } from '@sos/symbol-master';
import type { ProviderRuntime } from '../runtime.js';
import type { UpstoxClient } from './upstox-client.js';

/** How a contract is asked for: while it is listed by its key, afterwards by the key of the expired-instruments interface. */
export interface VendorKey {
  readonly key: string;
  readonly expired: boolean;
}

/** Finds the vendor's keys of contracts. Keys are used again after expiry, so they are kept for one day only. */
export class UpstoxKeys {
  private readonly client: UpstoxClient;
  private readonly runtime: ProviderRuntime;
  private day: IstDate | null = null;
  private readonly masters = new Map<'NSE' | 'BSE', Promise<InstrumentMaster>>();
  private readonly expired = new Map<string, Promise<ReadonlyMap<string, string>>>();

  constructor(client: UpstoxClient, runtime: ProviderRuntime) {
    this.client = client;
    this.runtime = runtime;
  }

  today(): IstDate {
    return istDateOf(this.runtime.now());
  }

  /** @throws SOS_UNKNOWN_SYMBOL for a contract that the vendor does not list */
  async keyOf(contract: Contract): Promise<VendorKey> {
    if (contract.kind === 'index') return { key: upstoxIndexKey(contract.underlying), expired: false };
    if (contract.expiry >= this.today()) {
      const master = await this.master(contract.underlying);
      return { key: master.instrumentOf(contract.id).key, expired: false };
    }
    const { underlying, expiry, kind } = contract;
    const keys = await this.once(this.expired, `${kind} ${underlying} ${expiry}`, () => this.expiredKeys(contract));
    const key = keys.get(contract.id);
    if (key !== undefined) return { key, expired: true };
    throw new AppError(
      'SOS_UNKNOWN_SYMBOL',
      `expected a contract among the ${keys.size} expired ones that Upstox lists for ${underlying} ${expiry}, found ${contract.id}`,
      { context: { id: contract.id } },
    );
  }

  /** Today's instrument master of the exchange on which an underlying trades. */
  master(underlying: Underlying): Promise<InstrumentMaster> {
    const exchange = upstoxSegment(underlying) === 'NSE_FO' ? 'NSE' : 'BSE';
    return this.once(this.masters, exchange, () => this.client.instruments(exchange, this.today()));
  }

  private async expiredKeys(contract: Exclude<Contract, { kind: 'index' }>): Promise<ReadonlyMap<string, string>> {
    const { underlying, expiry, kind } = contract;
    const rows = await this.client.expiredContracts(kind, upstoxIndexKey(underlying), expiry);
    return new Map(rows.map((row) => [parseUpstoxTradingSymbol(row.trading_symbol).id, row.instrument_key]));
  }

  private once<K, V>(known: Map<K, Promise<V>>, name: K, load: () => Promise<V>): Promise<V> {
    if (this.day !== this.today()) {
      this.masters.clear();
      this.expired.clear();
      this.day = this.today();
    }
    const found = known.get(name);
    if (found !== undefined) return found;
    const loading = load();
    known.set(name, loading);
    // A failed load is tried again by the next caller.
    loading.catch(() => known.delete(name));
    return loading;
  }
}
