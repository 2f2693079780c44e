import type { Command } from 'commander';
import type { ImportOptions } from '../importing/import-data.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Kinds:
  index-bars        1-minute bars of an index or its future, text or CSV
  nse-chain         option-chain pages of the exchange: CSV, parquet, SQLite, saved web tables
  upstox-ticks      recorded Upstox feed messages, folded to 1-minute bars
  upstox-frames     raw frames kept by sos record --raw
  mongo-snapshots   feed messages out of a document database, whole or one document per instrument
  trendlyne-oi      open interest by strike, put-call ratio and spot
  files             bars or chains in CSV, NDJSON, JSON or parquet, as a mapping file says

Examples:
  sos import index-bars ./data/index-1m-2021-2023
  sos import nse-chain ./data/chain-1m-2025-08-29
  sos import upstox-ticks ./data/upstox-ticks-2025-12-15 --master ./data/upstox_NSE_2025-12-23.json.gz
  sos import trendlyne-oi ./data/trendlyne-2026-01
  sos import files ./data/candles --mapping ./candles.mapping.json
  sos import nse-chain ./old-pages --underlying NIFTY --expiry 2019-05-30
  mongoexport --db feed --collection ticks | sos import mongo-snapshots - --dataset my-feed --master ./master.json.gz

The path - reads standard input. Only 1-minute bars are stored: files of longer bars are left out and listed.
A file that was imported before is skipped; a killed import goes on where it stopped.`;

/** `sos import`. */
export function registerImport(program: Command, contextOf: ContextOf): void {
  program
    .command('import')
    .description('read recorded market data into the database')
    .argument('<kind>', 'index-bars, nse-chain, upstox-ticks, upstox-frames, mongo-snapshots, trendlyne-oi or files')
    .argument('<path>', 'file, folder, or - for standard input')
    .option('--master <file>', 'instrument master that names the instrument keys (upstox-ticks, mongo-snapshots)')
    .option('--mapping <file>', 'what the columns mean (files); default: sos-mapping.json beside the data')
    .option('--underlying <name>', 'underlying of data that names none (nse-chain)')
    .option('--expiry <day>', 'expiry of data that names none, YYYY-MM-DD (nse-chain)')
    .option('--dataset <name>', 'name of the data set (default: the name of the folder; of standard input: the kind)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (kind: string, path: string, ...[options, command]: [ImportOptions, Command]) => {
      const { importData } = await import('../importing/import-data.js');
      await importData(contextOf(command), { ...options, kind, path });
    });
}
