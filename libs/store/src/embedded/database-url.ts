/** Owner role and database of the embedded cluster. */
export const DATABASE_NAME = 'sos';

/** The address of a local server; contains the password, so it is printed only through `maskUrl`. */
export function localUrl(port: number, password: string, database: string = DATABASE_NAME): string {
  return `postgres://${DATABASE_NAME}:${password}@127.0.0.1:${port}/${database}`;
}

/** A database address with its password (also as a query parameter) replaced by `***`: the only form that is printed or logged. */
export function maskUrl(url: string): string {
  return url.replace(/(:\/\/[^:@/]*):[^@]*@/, '$1:***@').replace(/([?&]password=)[^&]*/gi, '$1***');
}
