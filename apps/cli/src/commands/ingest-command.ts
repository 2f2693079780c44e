import type { Command } from 'commander';
import type { IngestOptions } from '../ingest/ingest-options.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos ingest --symbol NIFTY,BANKNIFTY --from-date 2026-01-05 --to-date 2026-01-09
  sos ingest --symbol NIFTY --from-date 2026-01-12 --to-date 2026-01-12 --full-options
  sos ingest --symbol NIFTY --from-date 2026-01-12 --to-date 2026-01-16 --provider simulated

Asks the providers of sos.config.json, in their order, for what is not stored yet: index, front future, options around each
day's path, and the option chain made of their candles. Run it again after any interruption: what was answered is kept.`;

/** `sos ingest`. */
export function registerIngest(program: Command, contextOf: ContextOf): void {
  program
    .command('ingest')
    .description('bring what is missing from the data providers into the database')
    .option('--symbol <names>', 'underlyings, separated by commas: NIFTY, BANKNIFTY, … (required)')
    .option('--from-date <day>', 'first day, YYYY-MM-DD (required)')
    .option('--to-date <day>', 'last day, YYYY-MM-DD (required)')
    .option('--provider <names>', 'ask these providers instead, separated by commas')
    .option('--full-options', 'every strike that the first provider lists, not only those around the day’s path')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: IngestOptions, command: Command) => {
      const { ingest } = await import('../ingest/ingest.js');
      await ingest(contextOf(command), options);
    });
}
