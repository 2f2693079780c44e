import { connect, type Socket } from 'node:net';

import postgres from 'postgres';

export type Client = postgres.Sql;
/** A connection inside a transaction. */
export type Transaction = postgres.TransactionSql;
export type Queryable = Client | Transaction;

const CONNECT_SECONDS = 15;

/** What postgres.js tells a socket factory. */
interface Address {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path: string | false | undefined;
}

/**
 * A connected socket without Nagle's delay: the small messages that end a COPY or a transaction otherwise wait for the peer's delayed
 * acknowledgement, which made storing a run ten times slower.
 */
function promptSocket(address: Address): Promise<Socket> {
  const [host = 'localhost', port = 5432] = [address.host[0], address.port[0]];
  const socket = address.path ? connect({ path: address.path }) : connect({ host, port, noDelay: true });
  // postgres.js reads the name from here when it wraps the socket in TLS.
  Object.assign(socket, { host, port });
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => socket.destroy(new Error(`no answer within ${CONNECT_SECONDS} s`)),
      CONNECT_SECONDS * 1000,
    );
    socket.once('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
    socket.once('connect', () => {
      clearTimeout(late);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

/** A pool without notices on the console; times out instead of waiting for ever for a server that does not answer. */
export function connectClient(url: string, max: number): Client {
  const options = {
    max,
    connect_timeout: CONNECT_SECONDS,
    idle_timeout: 0,
    onnotice: () => undefined,
    connection: { application_name: 'sos', TimeZone: 'UTC' },
    socket: promptSocket,
  };
  return postgres(url, options);
}
