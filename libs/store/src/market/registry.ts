import type { Contract, ContractId, IstDate, Underlying } from '@sos/domain';

import type { Client } from '../client.js';
import type { DataSource } from '../data-source.js';

interface IdRow {
  readonly id: number;
  readonly name: string;
}

/**
 * Database ids of sources, contracts and chains. New ones are registered at once, outside the transaction that is going to use them:
 * a name without rows is harmless, an id remembered from a rolled-back transaction is not.
 */
export class Registry {
  readonly #sql: Client;
  readonly #sources = new Map<string, number>();
  readonly #instruments = new Map<string, number>();
  readonly #chains = new Map<string, number>();

  constructor(sql: Client) {
    this.#sql = sql;
  }

  async source({ source, dataset }: DataSource): Promise<number> {
    const key = `${source}\n${dataset}`;
    const known = this.#sources.get(key);
    if (known !== undefined) return known;
    await this.#sql`insert into market_sources (source, dataset) values (${source}, ${dataset}) on conflict do nothing`;
    const rows = await this.#sql<IdRow[]>`
      select id, dataset as name from market_sources where source = ${source} and dataset = ${dataset}`;
    return remember(this.#sources, key, rows[0]);
  }

  /** Ids of contracts, in their order. */
  async instruments(contracts: readonly Contract[]): Promise<number[]> {
    const missing = contracts.filter((c) => !this.#instruments.has(c.id));
    if (missing.length > 0) await this.#register(missing);
    return contracts.map((c) => this.#instruments.get(c.id) ?? 0);
  }

  async #register(contracts: readonly Contract[]): Promise<void> {
    const ids = contracts.map((c) => c.id);
    const kinds = contracts.map((c) => c.kind);
    const underlyings = contracts.map((c) => c.underlying);
    const expiries = contracts.map((c) => (c.kind === 'index' ? null : c.expiry));
    const strikes = contracts.map((c) => (c.kind === 'option' ? c.strike : null));
    const rights = contracts.map((c) => (c.kind === 'option' ? c.right : null));
    await this.#sql`
      insert into instruments (contract_id, kind, underlying, expiry, strike, option_right)
      select distinct * from unnest(${ids}::text[], ${kinds}::text[], ${underlyings}::text[], ${expiries}::text[]::date[],
        ${strikes}::float8[], ${rights}::text[])
      on conflict do nothing`;
    const rows = await this.#sql<IdRow[]>`
      select id, contract_id as name from instruments where contract_id = any(${ids}::text[])`;
    for (const row of rows) this.#instruments.set(row.name, row.id);
  }

  /** Id of a contract that is registered already, or null. */
  async findInstrument(contract: ContractId): Promise<number | null> {
    const known = this.#instruments.get(contract);
    if (known !== undefined) return known;
    const rows = await this.#sql<
      IdRow[]
    >`select id, contract_id as name from instruments where contract_id = ${contract}`;
    return rows[0] === undefined ? null : remember(this.#instruments, contract, rows[0]);
  }

  async chain(underlying: Underlying, expiry: IstDate): Promise<number> {
    const key = `${underlying}\n${expiry}`;
    const known = this.#chains.get(key);
    if (known !== undefined) return known;
    await this.#sql`
      insert into option_chains (underlying, expiry) values (${underlying}, ${expiry}::text::date) on conflict do nothing`;
    const rows = await this.#sql<IdRow[]>`
      select id, underlying as name from option_chains where underlying = ${underlying} and expiry = ${expiry}::text::date`;
    return remember(this.#chains, key, rows[0]);
  }
}

function remember(map: Map<string, number>, key: string, row: IdRow | undefined): number {
  const id = row?.id ?? 0;
  map.set(key, id);
  return id;
}
