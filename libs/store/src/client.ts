import postgres from 'postgres';

export type Client = postgres.Sql;
/** A connection inside a transaction. */
export type Transaction = postgres.TransactionSql;
export type Queryable = Client | Transaction;

/** A pool without notices on the console; times out instead of waiting for ever for a server that does not answer. */
export function connectClient(url: string, max: number): Client {
  return postgres(url, {
    max,
    connect_timeout: 15,
    idle_timeout: 0,
    onnotice: () => undefined,
    connection: { application_name: 'sos', TimeZone: 'UTC' },
  });
}
