/** What this library and its tests use of sql.js, which comes without types. */
declare module 'sql.js' {
  interface Statement {
    step(): boolean;
    get(): (number | string | Uint8Array | null)[];
    free(): void;
  }
  interface Database {
    prepare(sql: string): Statement;
    run(sql: string): void;
    export(): Uint8Array;
    close(): void;
  }
  interface SqlJs {
    readonly Database: new (bytes?: Uint8Array) => Database;
  }
  function initSqlJs(): Promise<SqlJs>;
  export { initSqlJs as default };
}
