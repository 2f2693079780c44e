import type { Command } from 'commander';
import type { ImportOptions } from '../importing/import-data.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Kinds:
  index-bars      1-minute bars of an index, text or CSV
  nse-chain       option-chain pages of the exchange, CSV or parquet
  upstox-ticks    recorded Upstox feed messages of options, folded to 1-minute bars

Examples:
  sos import index-bars ./data/index-1m-2021-2023
  sos import nse-chain ./data/chain-1m-2025-08-29
  sos import upstox-ticks ./data/upstox-ticks-2025-12-15 --master ./data/upstox_NSE_2025-12-23.json.gz

A file that was imported before is skipped; a killed import goes on where it stopped.`;

/** `sos import`. */
export function registerImport(program: Command, contextOf: ContextOf): void {
  program
    .command('import')
    .description('read recorded market data into the database')
    .argument('<kind>', 'index-bars, nse-chain or upstox-ticks')
    .argument('<path>', 'file or folder')
    .option('--master <file>', 'instrument master that names the instrument keys (upstox-ticks)')
    .option('--dataset <name>', 'name of the data set (default: the name of the folder)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (kind: string, path: string, ...[options, command]: [ImportOptions, Command]) => {
      const { importData } = await import('../importing/import-data.js');
      await importData(contextOf(command), { ...options, kind, path });
    });
}
