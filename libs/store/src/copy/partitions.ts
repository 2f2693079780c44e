import type { Client } from '../client.js';

const LOCK = 7_305_223;

/** The growing tables and the column they are partitioned by, one partition per UTC month. */
export type PartitionedTable = 'candles' | 'chain_snapshots' | 'market_stats' | 'option_chain_quotes';

/** Creates the monthly partitions that rows between two instants need. */
export class Partitions {
  readonly #sql: Client;
  readonly #known = new Set<string>();

  constructor(sql: Client) {
    this.#sql = sql;
  }

  /** Makes sure that every month from `from` to `to` (epoch ms, inclusive) has its partition. */
  async ensure(table: PartitionedTable, from: number, to: number): Promise<void> {
    const start = new Date(from);
    let year = start.getUTCFullYear();
    let month = start.getUTCMonth();
    for (let begin = Date.UTC(year, month); begin <= to; begin = Date.UTC(year, month)) {
      month++;
      if (month === 12) {
        month = 0;
        year++;
      }
      const name = `${table}_${new Date(begin).toISOString().slice(0, 7).replace('-', '_')}`;
      if (!this.#known.has(name)) await this.#create(table, name, [begin, Date.UTC(year, month)]);
      this.#known.add(name);
    }
  }

  /**
   * Made and attached in a transaction of its own: ATTACH lets readers and writers of the other months go on,
   * where CREATE ... PARTITION OF would wait for all of them, this process's own open import included.
   */
  async #create(table: PartitionedTable, name: string, [begin, end]: readonly [number, number]): Promise<void> {
    const iso = (ms: number): string => new Date(ms).toISOString();
    await this.#sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(${LOCK})`;
      const found = await tx`select 1 from pg_inherits where inhrelid = to_regclass(${name})`;
      if (found.length > 0) return;
      await tx.unsafe(`create table if not exists ${name} (like ${table} including all)`);
      await tx.unsafe(
        `alter table ${table} attach partition ${name} for values from ('${iso(begin)}') to ('${iso(end)}')`,
      );
    });
  }
}
