import { readFile, stat } from 'node:fs/promises';
import { asCorruptFile, corruptFile } from './corrupt-file.js';
import { firstBytes } from './first-bytes.js';

/** A value of a row. */
export type SqliteValue = string | number | null;

/** A database file read into memory. */
export interface SqliteFile {
  readonly tables: readonly string[];
  /** The rows of a query, one by one. @throws SOS_DATA_CORRUPT for a damaged page, or a table or column that is not there */
  rows(sql: string): Generator<readonly SqliteValue[]>;
  close(): void;
}

const MAGIC = 'SQLite format 3\0';
const [WRITE_VERSION, READ_VERSION, ROLLBACK_JOURNAL] = [18, 19, 1];
const LARGEST_FILE = 1024 * 1024 * 1024;

/** True for a file that begins as SQLite's do. */
export async function isSqliteFile(file: string): Promise<boolean> {
  return (await firstBytes(file, MAGIC.length)).toString('latin1') === MAGIC;
}

async function checkedBytes(file: string): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > LARGEST_FILE) throw corruptFile(file, `expected a SQLite file of at most 1 GB, found ${size} bytes`);
  const log = await stat(`${file}-wal`).catch(() => null);
  if (log && log.size > 0)
    throw corruptFile(
      file,
      'expected a database that was closed, found rows in its write-ahead log (checkpoint it first)',
    );
  const bytes = new Uint8Array(await readFile(file));
  // Without a log there is nothing to replay; a reader in memory only opens files of the older journal.
  bytes[WRITE_VERSION] = ROLLBACK_JOURNAL;
  bytes[READ_VERSION] = ROLLBACK_JOURNAL;
  return bytes;
}

function plain(value: number | string | Uint8Array | null): SqliteValue {
  return value instanceof Uint8Array ? null : value;
}

/** Opens a SQLite file for reading, whole in memory; the engine is loaded at the first use. @throws SOS_DATA_CORRUPT */
export async function openSqlite(file: string): Promise<SqliteFile> {
  const { default: initSqlJs } = await import('sql.js');
  const { Database } = await initSqlJs();
  const database = new Database(await checkedBytes(file));
  function* rows(sql: string): Generator<readonly SqliteValue[]> {
    try {
      const statement = database.prepare(sql);
      try {
        while (statement.step()) yield statement.get().map(plain);
      } finally {
        statement.free();
      }
    } catch (error) {
      throw asCorruptFile(file, 'a readable SQLite database', error);
    }
  }
  const tables = [...rows("select name from sqlite_master where type = 'table' order by name")].map(([name]) =>
    String(name),
  );
  return { tables, rows, close: () => database.close() };
}
