import type { Command } from 'commander';
import type { BackfillOptions } from '../backfill/backfill-trendlyne.js';
import type { ContextOf } from '../program.js';

const EXAMPLES = `
Examples:
  sos backfill trendlyne --symbol NIFTY --date 2026-01-12

Trendlyne is off by default (providers.trendlyne.enabled): its interface is not published, and its terms are yours to keep.
It publishes open interest every three minutes; each page is kept at once, so that an interrupted backfill goes on where it stopped.`;

/** `sos backfill`. */
export function registerBackfill(program: Command, contextOf: ContextOf): void {
  const backfill = program
    .command('backfill')
    .description('bring in what a provider keeps of past days')
    .addHelpText('after', EXAMPLES);
  backfill
    .command('trendlyne')
    .description('open interest by strike of a past day, page by page')
    .option('--symbol <names>', 'underlyings, separated by commas', 'NIFTY,BANKNIFTY')
    .option('--date <day>', 'the day, YYYY-MM-DD (required)')
    .option('--json', 'print the result as JSON')
    .action(async (options: BackfillOptions, command: Command) => {
      const { backfillTrendlyne } = await import('../backfill/backfill-trendlyne.js');
      await backfillTrendlyne(contextOf(command), options);
    });
}
