import type { Command } from 'commander';
import type { IngestOptions } from '../ingest/ingest-options.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos repair --symbol NIFTY --from-date 2026-01-05 --to-date 2026-01-09
  sos repair --symbol NIFTY --from-date 2026-01-05 --to-date 2026-01-09 --provider tradingview

Asks the providers again for days with minutes that are missing, and for the days of quarantined rows, which are checked by
today's rules. What is stored stays: only new or changed rows are written.`;

/** `sos repair`. */
export function registerRepair(program: Command, contextOf: ContextOf): void {
  program
    .command('repair')
    .description('ask the providers again for what is missing or was refused')
    .option('--symbol <names>', 'underlyings, separated by commas (required)')
    .option('--from-date <day>', 'first day, YYYY-MM-DD (required)')
    .option('--to-date <day>', 'last day, YYYY-MM-DD (required)')
    .option('--provider <names>', 'ask these providers instead, separated by commas')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: IngestOptions, command: Command) => {
      const { repair } = await import('../repair/repair.js');
      await repair(contextOf(command), options);
    });
}
